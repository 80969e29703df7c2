/* Loaded into a server (LD_PRELOAD) whose SQLite files are to survive a power cut: each time that a file is said to be on
 * the disk, what was written to it since goes into a copy beside it. A power cut then puts the copies back, and all that
 * was only written is gone (power_cut.rs). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What was written and is not yet on the disk: of the database, and of its log. */
static struct { off_t from, to; } written[2] = {{LONG_MAX, 0}, {LONG_MAX, 0}};
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), last = strlen(end);
    return length >= last && strcmp(text + length - last, end) == 0;
}

/* 0: the database, 1: its log, -1: another file. */
static int which(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0) return -1;
    path[length] = 0;
    return ends_with(path, ".sqlite3") ? 0 : ends_with(path, ".sqlite3-wal") ? 1 : -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    char path[PATH_MAX];
    int file = which(fd, path, sizeof path);
    ssize_t done = real(fd, bytes, count, at);
    if (file >= 0 && done > 0) {
        pthread_mutex_lock(&one_at_a_time);
        if (at < written[file].from) written[file].from = at;
        if (at + done > written[file].to) written[file].to = at + done;
        pthread_mutex_unlock(&one_at_a_time);
    }
    return done;
}

/* Read by the descriptor that is there: opening and closing another would let go of SQLite's locks. */
static void keep(int fd) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    char path[PATH_MAX], kept[PATH_MAX + 16], bytes[1 << 16];
    struct stat now;
    int file = which(fd, path, sizeof path);
    if (file < 0 || fstat(fd, &now) != 0) return;
    snprintf(kept, sizeof kept, "%s.kept", path);
    pthread_mutex_lock(&one_at_a_time);
    int copy = open(kept, O_CREAT | O_RDWR, 0600);
    for (off_t at = written[file].from; copy >= 0 && at < written[file].to;) {
        size_t left = written[file].to - at;
        ssize_t read = pread(fd, bytes, left < sizeof bytes ? left : sizeof bytes, at);
        if (read <= 0 || real(copy, bytes, read, at) != read) break;
        at += read;
    }
    if (copy >= 0) {
        if (ftruncate(copy, now.st_size) != 0) perror("power_cut");
        close(copy);
    }
    written[file].from = LONG_MAX;
    written[file].to = 0;
    pthread_mutex_unlock(&one_at_a_time);
}

int fdatasync(int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
    int done = real(fd);
    if (done == 0) keep(fd);
    return done;
}

int fsync(int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    int done = real(fd);
    if (done == 0) keep(fd);
    return done;
}
