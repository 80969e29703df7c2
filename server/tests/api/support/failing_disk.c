/* Loaded into the program (LD_PRELOAD). As long as the file that FAILING names is there, SQLite's files fail as its first
 * letter says. s: nothing reaches the disk, each sync fails (EIO). r: the file system has become read-only (EROFS). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int real_open(const char *path, int flags, mode_t mode) {
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open64");
    return real(path, flags, mode);
}

static int fails(char how) {
    const char *name = getenv("FAILING");
    char found = 0;
    int fd = name ? real_open(name, O_RDONLY | O_CLOEXEC, 0) : -1;
    if (fd >= 0) {
        if (read(fd, &found, 1) != 1) found = 0;
        close(fd);
    }
    return found == how;
}

static int is_ours(const char *path) { return strstr(path, ".sqlite3") != NULL; }

static int is_open(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    if ((flags & O_ACCMODE) != O_RDONLY && is_ours(path) && fails('r')) {
        errno = EROFS;
        return -1;
    }
    return real_open(path, flags, mode);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    if (is_open(fd) && fails('r')) {
        errno = EROFS;
        return -1;
    }
    return real(fd, bytes, count, at);
}

static int synced(const char *call, int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, call);
    if (is_open(fd) && fails('s')) {
        errno = EIO;
        return -1;
    }
    return real(fd);
}

int fdatasync(int fd) { return synced("fdatasync", fd); }

int fsync(int fd) { return synced("fsync", fd); }
