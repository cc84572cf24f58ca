/* Makes writes and flushes below one folder fail, when and as a control file says.
 *
 *     gcc -shared -fPIC -O2 -o failing.so failing.c
 *     FAILING_FOLDER=/a/folder FAILING_CONTROL=/a/file LD_PRELOAD=./failing.so python ...
 *
 * The control file is struct control, mapped by all processes concerned (tests/evidence/failing.py writes it). Every
 * write, flush, cut and new file below the folder counts: after `skip` of them, the next `times` fail with `error`. A
 * write that fails may first put down its first half, as one does that meets the end of a disk.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct control { int64_t skip, times, error, half, failed; };

static struct control *control;
static char folder[PATH_MAX];
static size_t folder_length;

__attribute__((constructor)) static void start(void) {
    const char *asked = getenv("FAILING_FOLDER"), *by = getenv("FAILING_CONTROL");
    int fd = asked && by && realpath(asked, folder) ? syscall(SYS_openat, AT_FDCWD, by, O_RDWR | O_CLOEXEC, 0) : -1;
    if (fd < 0)
        return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    syscall(SYS_close, fd);
    folder_length = strlen(folder);
    control = mapped == MAP_FAILED ? NULL : mapped;
}

static int inside(const char *path) {
    return !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]);
}

/* Whether this call fails: it counts, and its turn has come. */
static int turn(void) {
    if (__atomic_fetch_sub(&control->skip, 1, __ATOMIC_SEQ_CST) > 0)
        return 0;
    if (__atomic_fetch_sub(&control->times, 1, __ATOMIC_SEQ_CST) <= 0)
        return 0;
    __atomic_add_fetch(&control->failed, 1, __ATOMIC_SEQ_CST);
    return 1;
}

static int fails(int fd) {
    char link[40] = "/proc/self/fd/", path[PATH_MAX], digits[12];
    int i = 11, before = errno, number = fd;
    if (!control || fd < 0 || __atomic_load_n(&control->times, __ATOMIC_SEQ_CST) <= 0)
        return 0;
    for (digits[i] = 0, i--; ; i--) {
        digits[i] = '0' + number % 10;
        if (!(number /= 10)) break;
    }
    strcat(link, digits + i);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    errno = before;
    return inside(path) && turn();
}

static int refused(void) {
    errno = (int)control->error;
    return -1;
}

static ssize_t half(int fd, const void *data, size_t length, off_t at) {
    if (!control->half || length < 2)
        return refused();
    return at < 0 ? syscall(SYS_write, fd, data, length / 2) : syscall(SYS_pwrite64, fd, data, length / 2, at);
}

ssize_t write(int fd, const void *data, size_t length) {
    return fails(fd) ? half(fd, data, length, -1) : syscall(SYS_write, fd, data, length);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    return fails(fd) ? half(fd, data, length, at) : syscall(SYS_pwrite64, fd, data, length, at);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return pwrite(fd, data, length, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    return fails(fd) ? refused() : syscall(SYS_writev, fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    return fails(fd) ? refused() : syscall(SYS_pwritev, fd, parts, count, at, 0);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return pwritev(fd, parts, count, at); }
int ftruncate(int fd, off_t length) { return fails(fd) ? refused() : syscall(SYS_ftruncate, fd, length); }
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }
int fsync(int fd) { return fails(fd) ? refused() : syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return fails(fd) ? refused() : syscall(SYS_fdatasync, fd); }
int posix_fallocate(int fd, off_t at, off_t length) {
    return fails(fd) ? (int)control->error : syscall(SYS_fallocate, fd, 0, at, length) ? errno : 0;
}
int posix_fallocate64(int fd, off64_t at, off64_t length) { return posix_fallocate(fd, at, length); }

static int opened(int at, const char *name, int flags, mode_t mode) {
    int new = control && flags & O_CREAT && control->times > 0 && name[0] == '/' && inside(name);
    if (new && faccessat(at, name, F_OK, 0) && turn())
        return refused();
    return syscall(SYS_openat, at, name, flags, mode);
}

#define MODE(flags) ({ va_list more; va_start(more, flags); \
    mode_t mode = (flags) & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; va_end(more); mode; })
int open(const char *name, int flags, ...) { return opened(AT_FDCWD, name, flags, MODE(flags)); }
int open64(const char *name, int flags, ...) { return opened(AT_FDCWD, name, flags, MODE(flags)); }
int openat(int at, const char *name, int flags, ...) { return opened(at, name, flags, MODE(flags)); }
int openat64(int at, const char *name, int flags, ...) { return opened(at, name, flags, MODE(flags)); }
