/* Records, in order, what a process asks of the files below one folder, so that power cuts can be replayed.
 *
 *     gcc -shared -fPIC -O2 -o recorder.so recorder.c -lpthread
 *     RECORDER_FOLDER=/a/folder RECORDER_TRACE=/a/trace LD_PRELOAD=./recorder.so python ...
 *
 * One lock is held over each call and its record: the trace is one order that all threads agree on. A file is known by
 * its inode. A write to a file whose name ends in ".ack" is an acknowledgement, kept as such. Memory maps are not seen:
 * SQLite maps only its "-shm" index, which is never flushed and is made anew after a power cut.
 *
 * A record is struct head, then the path, then the data (tests/evidence/replay.py reads it):
 *   'o' opened (at = 1: made by this call)    'w' written at      't' cut or grown to length at
 *   's' file flushed    'd' folder flushed    'u' removed     'r' renamed to data
 *   'l' linked as data     'a' acknowledged
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct head { char kind, spare[3]; uint32_t path; uint64_t file; int64_t at; uint64_t data; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;
static int trace = -1;

__attribute__((constructor)) static void start(void) {
    const char *asked = getenv("RECORDER_FOLDER"), *into = getenv("RECORDER_TRACE");
    if (asked && into && realpath(asked, folder)) {
        folder_length = strlen(folder);
        trace = syscall(SYS_openat, AT_FDCWD, into, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
}

static int inside(const char *path) {
    return trace >= 0 && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

static void record(char kind, const char *path, uint64_t file, int64_t at, const void *data, size_t length) {
    int before = errno;
    struct head head = {kind, {0}, (uint32_t)strlen(path), file, at, length};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)data, length}};
    if (syscall(SYS_writev, trace, parts, 3) != (long)(sizeof head + head.path + length))
        abort(); /* half a trace proves nothing */
    errno = before;
}

/* The path of an open file below the folder, and what it is; 0 when it lies elsewhere. */
static int known(int fd, char *path, struct stat *what) {
    char link[40] = "/proc/self/fd/", digits[12];
    int i = 11, before = errno;
    if (trace < 0 || fd < 0 || fd == trace)
        return 0;
    for (digits[i] = 0, i--; ; i--) {
        digits[i] = '0' + fd % 10;
        if (!(fd /= 10)) break;
    }
    strcat(link, digits + i);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    int found = inside(path) && stat(link, what) == 0;
    errno = before;
    return found;
}

static int acknowledges(const char *path) {
    size_t length = strlen(path);
    return length > 4 && !strcmp(path + length - 4, ".ack");
}

/* The path of a name below the folder, whether or not it is there: its folder's own path and the name. */
static int named(const char *name, char *path) {
    char copy[PATH_MAX], *slash;
    if (trace < 0 || strlen(name) >= PATH_MAX - NAME_MAX)
        return 0;
    strcpy(copy, name);
    slash = strrchr(copy, '/');
    const char *last = slash ? slash + 1 : copy;
    if (slash)
        *slash = 0;
    if (!realpath(slash ? (*copy ? copy : "/") : ".", path))
        return 0;
    strcat(strcat(path, "/"), last);
    return inside(path);
}

static int opened(int at, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    struct stat what;
    pthread_mutex_lock(&lock);
    int there = !(flags & O_CREAT) || faccessat(at, name, F_OK, 0) == 0;
    int fd = syscall(SYS_openat, at, name, flags, mode);
    if (fd >= 0 && known(fd, path, &what) && S_ISREG(what.st_mode) && !acknowledges(path)) {
        record('o', path, what.st_ino, !there, "", 0);
        if (flags & O_TRUNC)
            record('t', "", what.st_ino, 0, "", 0);
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

#define MODE(flags) ({ va_list more; va_start(more, flags); \
    mode_t mode = (flags) & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; va_end(more); mode; })
int open(const char *name, int flags, ...) { return opened(AT_FDCWD, name, flags, MODE(flags)); }
int open64(const char *name, int flags, ...) { return opened(AT_FDCWD, name, flags, MODE(flags)); }
int openat(int at, const char *name, int flags, ...) { return opened(at, name, flags, MODE(flags)); }
int openat64(int at, const char *name, int flags, ...) { return opened(at, name, flags, MODE(flags)); }

/* A write at a place, or where the file stands when the place is -1. */
static ssize_t written(int fd, const void *data, size_t length, off_t at) {
    char path[PATH_MAX];
    struct stat what;
    pthread_mutex_lock(&lock);
    int ours = known(fd, path, &what) && S_ISREG(what.st_mode);
    off_t place = at;
    if (ours && at < 0)
        place = fcntl(fd, F_GETFL) & O_APPEND ? what.st_size : lseek(fd, 0, SEEK_CUR);
    ssize_t done = at < 0 ? syscall(SYS_write, fd, data, length) : syscall(SYS_pwrite64, fd, data, length, at);
    if (ours && done > 0)
        record(acknowledges(path) ? 'a' : 'w', "", what.st_ino, place, data, done);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int fd, const void *data, size_t length) {
    char path[PATH_MAX];
    struct stat what;
    /* a pipe or a terminal may block for ever: the lock is only for files of ours */
    return known(fd, path, &what) ? written(fd, data, length, -1) : syscall(SYS_write, fd, data, length);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return written(fd, data, length, at); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return written(fd, data, length, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    struct stat what;
    if (!known(fd, path, &what))
        return syscall(SYS_writev, fd, parts, count);
    ssize_t done = 0;
    for (int i = 0; i < count; i++) {
        ssize_t one = written(fd, parts[i].iov_base, parts[i].iov_len, -1);
        if (one < 0)
            return done ? done : one;
        done += one;
    }
    return done;
}

static int cut(int fd, off_t length) {
    char path[PATH_MAX];
    struct stat what;
    pthread_mutex_lock(&lock);
    int ours = known(fd, path, &what), done = syscall(SYS_ftruncate, fd, length);
    if (ours && !done)
        record('t', "", what.st_ino, length, "", 0);
    pthread_mutex_unlock(&lock);
    return done;
}
int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int flushed(int fd, long call) {
    char path[PATH_MAX];
    struct stat what;
    pthread_mutex_lock(&lock);
    int ours = known(fd, path, &what), done = syscall(call, fd);
    if (ours && !done && S_ISDIR(what.st_mode))
        record('d', path, 0, 0, "", 0);
    else if (ours && !done)
        record('s', "", what.st_ino, 0, "", 0);
    pthread_mutex_unlock(&lock);
    return done;
}
int fsync(int fd) { return flushed(fd, SYS_fsync); }
int fdatasync(int fd) { return flushed(fd, SYS_fdatasync); }

static int removed(int at, const char *name, int flags) {
    char path[PATH_MAX];
    pthread_mutex_lock(&lock);
    int ours = !flags && named(name, path), done = syscall(SYS_unlinkat, at, name, flags);
    if (ours && !done)
        record('u', path, 0, 0, "", 0);
    pthread_mutex_unlock(&lock);
    return done;
}
int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int unlinkat(int at, const char *name, int flags) { return removed(at, name, flags); }

/* The system call for two names: renamed, or linked as another. */
static int renamed(char kind, long call, int from, const char *old, int to, const char *new, int flags) {
    char before[PATH_MAX], after[PATH_MAX];
    pthread_mutex_lock(&lock);
    int ours = named(old, before) && named(new, after), done = syscall(call, from, old, to, new, flags);
    if (ours && !done)
        record(kind, before, 0, 0, after, strlen(after));
    pthread_mutex_unlock(&lock);
    return done;
}
int rename(const char *old, const char *new) { return renamed('r', SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0); }
int renameat(int from, const char *old, int to, const char *new) { return renamed('r', SYS_renameat2, from, old, to, new, 0); }
int link(const char *old, const char *new) { return renamed('l', SYS_linkat, AT_FDCWD, old, AT_FDCWD, new, 0); }
int linkat(int from, const char *old, int to, const char *new, int flags) { return renamed('l', SYS_linkat, from, old, to, new, flags); }
