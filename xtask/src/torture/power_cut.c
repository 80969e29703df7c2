/* Loaded into a server (LD_PRELOAD) whose SQLite files are to survive a power cut: each time that a file is said to be on
 * the disk, what is on the disk is kept beside it. A power cut then puts back what was kept, and all that was only
 * written is gone (power_cut.rs). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), last = strlen(end);
    return length >= last && strcmp(text + length - last, end) == 0;
}

static int path_of(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return ends_with(path, ".sqlite3") || ends_with(path, ".sqlite3-wal");
}

/* Read by the descriptor that is there: opening and closing another would let go of SQLite's locks. */
static void keep(int fd) {
    char path[PATH_MAX], kept[PATH_MAX + 16], half[PATH_MAX + 16], bytes[1 << 16];
    if (!path_of(fd, path, sizeof path)) return;
    snprintf(kept, sizeof kept, "%s.kept", path);
    snprintf(half, sizeof half, "%s.half", path);
    pthread_mutex_lock(&one_at_a_time);
    int out = open(half, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    off_t at = 0;
    ssize_t read;
    while (out >= 0 && (read = pread(fd, bytes, sizeof bytes, at)) > 0) {
        if (write(out, bytes, read) != read) break;
        at += read;
    }
    if (out >= 0) {
        close(out);
        rename(half, kept);
    }
    pthread_mutex_unlock(&one_at_a_time);
}

int fdatasync(int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int done = real(fd);
    if (done == 0) keep(fd);
    return done;
}

int fsync(int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int done = real(fd);
    if (done == 0) keep(fd);
    return done;
}
