/* Makes the calls that change files fail, beneath everything that the program is built on: Python, SQLite, filelock.
 *
 * Preloaded by `shim.py`, which says how to use it. It looks at calls on paths and descriptors under one folder only,
 * and does nothing until it is told to: by `shim_arm` (one call of a run, by its number), or by a control file that
 * is read anew at each call (every call, as long as the file names an error).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* What a call does to a disk: which errors it can meet depends on it. */
enum kind { NEW = 1, DATA = 2, SYNC = 4, NAME = 8, META = 16, OPEN = 32, LOCK = 64, CLOSE = 128 };
/* The ways of `shim_arm`, by the same numbers as in `shim.py`. */
enum way { LOG, KILLED_BEFORE, KILLED_AFTER, TORN, SHORT, ONCE, FOR_GOOD, FULL };
/* What becomes of one call. */
enum fate { GO, FAIL, DIE, GO_AND_DIE, HALF, HALF_AND_DIE };

#define MOST 4096
#define LONGEST 640

/* Shared with the processes forked from here: whoever armed it and forked can read what the child did. */
static struct state {
    int armed;
    int fired;
    int error;
    long at;
    enum way way;
    long calls;
    char prefix[PATH_MAX];
    char log[MOST][LONGEST];
} *state;

static const char *control;
static char control_prefix[PATH_MAX];

__attribute__((constructor)) static void start(void) {
    void *page = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    state = page == MAP_FAILED ? NULL : page;
    const char *prefix = getenv("SHIM_PREFIX");
    control = getenv("SHIM_CONTROL");
    if (prefix) snprintf(control_prefix, sizeof control_prefix, "%s", prefix);
}

/* -1 as the number only writes calls down. */
void shim_arm(const char *prefix, long at, int way, int error) {
    snprintf(state->prefix, sizeof state->prefix, "%s", prefix);
    state->at = at, state->way = way, state->error = error;
    state->calls = 0, state->fired = 0, state->armed = 1;
}

void shim_disarm(void) { state->armed = 0; }
int shim_fired(void) { return state->fired; }
long shim_calls(void) { return state->calls; }
const char *shim_call(long number) { return number < state->calls && number < MOST ? state->log[number] : ""; }

static int under(const char *prefix, const char *path) {
    size_t length = strlen(prefix);
    return length && !strncmp(path, prefix, length) && (path[length] == '/' || !path[length]);
}

static int watched(const char *path) {
    if (state && state->armed && under(state->prefix, path)) return 1;
    return control && under(control_prefix, path);
}

static int looking(void) { return (state && state->armed) || control; }

static void path_of(int descriptor, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
}

/* A path as the system will read it: under the folder of `base`, or the working one. */
static void resolve(int base, const char *given, char *path) {
    size_t length = 0;
    path[0] = 0;
    if (given[0] != '/') {
        if (base != AT_FDCWD) path_of(base, path);
        else if (!getcwd(path, PATH_MAX)) path[0] = 0;
        length = strlen(path);
    }
    snprintf(path + length, PATH_MAX - length, length ? "/%s" : "%s", given);
}

/* Which kinds of call an error is met in, once a disk is in that state. */
static int meets(int error) {
    switch (error) {
    case ENOSPC: case EDQUOT: return NEW | DATA | SYNC;
    case EROFS: return NEW | DATA | NAME | META | OPEN;
    case EACCES: case EPERM: return NEW | NAME | META;
    default: return NEW | DATA | SYNC | NAME | META | OPEN;
    }
}

/* The error that the control file names now, or 0. */
static int told(void) {
    static const struct { const char *name; int error; } known[] = {
        {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EROFS", EROFS}, {"EACCES", EACCES}, {"EPERM", EPERM}, {"EIO", EIO},
    };
    char line[32] = "";
    int descriptor = syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC, 0);
    if (descriptor < 0) return 0;
    ssize_t length = syscall(SYS_read, descriptor, line, sizeof line - 1);
    syscall(SYS_close, descriptor);
    line[length < 0 ? 0 : length] = 0;
    line[strcspn(line, " \r\n")] = 0;
    for (size_t each = 0; each < sizeof known / sizeof *known; each++)
        if (!strcmp(line, known[each].name)) return known[each].error;
    return 0;
}

static enum fate numbered(int kind, const char *name, const char *path) {
    long number = __atomic_fetch_add(&state->calls, 1, __ATOMIC_SEQ_CST);
    if (number < MOST) snprintf(state->log[number], LONGEST, "%s\t%s", name, path);
    if (state->way == LOG || number < state->at) return GO;
    if (number > state->at) {
        /* A full disk stays full: what needs no space goes on. */
        int lasting = state->way == FOR_GOOD || state->way == FULL;
        return lasting && kind & meets(state->error) ? (errno = state->error, FAIL) : GO;
    }
    state->fired = 1;
    switch (state->way) {
    case KILLED_BEFORE: return DIE;
    case KILLED_AFTER: return GO_AND_DIE;
    case TORN: return HALF_AND_DIE;
    case SHORT: case FULL: return HALF;
    default: errno = state->error; return FAIL;
    }
}

static enum fate fate(int kind, const char *name, const char *path) {
    if (!path[0] || !watched(path)) return GO;
    if (state && state->armed && under(state->prefix, path)) return numbered(kind, name, path);
    int error = told();
    return error && kind & meets(error) ? (errno = error, FAIL) : GO;
}

static void die(void) {
    for (;;) syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* The call, or what becomes of it; `halve` is done to its arguments before a torn one. */
#define AS_FATED(type, decided, call, halve) \
    enum fate this = (decided); \
    if (this == DIE) die(); \
    if (this == FAIL) return -1; \
    if (this == HALF || this == HALF_AND_DIE) { halve; } \
    type done = call; \
    if (this == GO_AND_DIE || this == HALF_AND_DIE) die(); \
    return done

#define WRAP(name, parameters, arguments, decided) \
    int name parameters { REAL(name); AS_FATED(int, decided, real arguments, ); }
#define WRAP_WRITE(name, parameters, arguments, to) \
    ssize_t name parameters { \
        REAL(name); AS_FATED(ssize_t, at_descriptor(DATA, "write", to), real arguments, count = (count + 1) / 2); }
#define WRAP_OPEN(name, base, parameters, arguments) \
    int name parameters { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list more; va_start(more, flags); mode = va_arg(more, int); va_end(more); \
        } \
        REAL(name); AS_FATED(int, at_opening(base, path, flags), real arguments, ); }

static enum fate at_path(int kind, const char *name, int base, const char *given) {
    char path[PATH_MAX];
    if (!looking() || !given) return GO;
    resolve(base, given, path);
    return fate(kind, name, path);
}

/* Both names are written down, the new one first: it is the one that changes. */
static enum fate at_names(const char *name, int from, const char *old, int to, const char *new) {
    char path[PATH_MAX], before[PATH_MAX];
    if (!looking() || !old || !new) return GO;
    resolve(from, old, before);
    resolve(to, new, path);
    long number = state ? state->calls : 0;
    enum fate this = fate(NEW | NAME, name, path);
    if (state && state->calls > number && number < MOST) {
        size_t length = strlen(state->log[number]);
        snprintf(state->log[number] + length, LONGEST - length, "\t%s", before);
    }
    return this;
}

static enum fate at_descriptor(int kind, const char *name, int descriptor) {
    char path[PATH_MAX];
    if (!looking()) return GO;
    path_of(descriptor, path);
    return fate(kind, name, path);
}

static enum fate at_opening(int base, const char *given, int flags) {
    struct stat about;
    if (!looking() || !(flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR))) return GO;
    int fresh = flags & O_CREAT && fstatat(base, given, &about, 0);
    return at_path(fresh ? NEW : OPEN, fresh ? "create" : "open", base, given);
}

static enum fate at_making(int base, const char *given) {
    struct stat about;  /* of one that is there nothing changes */
    return looking() && fstatat(base, given, &about, AT_SYMLINK_NOFOLLOW) ? at_path(NEW | NAME, "mkdir", base, given) : GO;
}

WRAP_OPEN(open, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
WRAP_OPEN(open64, AT_FDCWD, (const char *path, int flags, ...), (path, flags, mode))
WRAP_OPEN(openat, base, (int base, const char *path, int flags, ...), (base, path, flags, mode))
WRAP_OPEN(openat64, base, (int base, const char *path, int flags, ...), (base, path, flags, mode))
int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return open64(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

WRAP_WRITE(write, (int file, const void *data, size_t count), (file, data, count), file)
WRAP_WRITE(pwrite, (int file, const void *data, size_t count, off_t at), (file, data, count, at), file)
WRAP_WRITE(pwrite64, (int file, const void *data, size_t count, off64_t at), (file, data, count, at), file)
WRAP_WRITE(writev, (int file, const struct iovec *parts, int count), (file, parts, count), file)
WRAP_WRITE(sendfile, (int to, int from, off_t *at, size_t count), (to, from, at, count), to)
WRAP_WRITE(sendfile64, (int to, int from, off64_t *at, size_t count), (to, from, at, count), to)
WRAP_WRITE(copy_file_range, (int from, off64_t *at, int to, off64_t *there, size_t count, unsigned flags),
           (from, at, to, there, count, flags), to)

WRAP(fallocate, (int file, int how, off_t at, off_t length), (file, how, at, length),
     at_descriptor(DATA, "fallocate", file))
WRAP(ftruncate, (int file, off_t length), (file, length), at_descriptor(META, "truncate", file))
WRAP(ftruncate64, (int file, off64_t length), (file, length), at_descriptor(META, "truncate", file))
WRAP(truncate, (const char *path, off_t length), (path, length), at_path(META, "truncate", AT_FDCWD, path))
WRAP(truncate64, (const char *path, off64_t length), (path, length), at_path(META, "truncate", AT_FDCWD, path))
WRAP(fsync, (int file), (file), at_descriptor(SYNC, "fsync", file))
WRAP(fdatasync, (int file), (file), at_descriptor(SYNC, "fsync", file))

WRAP(rename, (const char *old, const char *new), (old, new), at_names("rename", AT_FDCWD, old, AT_FDCWD, new))
WRAP(renameat, (int from, const char *old, int to, const char *new), (from, old, to, new),
     at_names("rename", from, old, to, new))
WRAP(renameat2, (int from, const char *old, int to, const char *new, unsigned flags), (from, old, to, new, flags),
     at_names("rename", from, old, to, new))
WRAP(link, (const char *old, const char *new), (old, new), at_names("link", AT_FDCWD, old, AT_FDCWD, new))
WRAP(linkat, (int from, const char *old, int to, const char *new, int flags), (from, old, to, new, flags),
     at_names("link", from, old, to, new))
WRAP(symlink, (const char *goal, const char *new), (goal, new), at_path(NEW | NAME, "symlink", AT_FDCWD, new))
WRAP(symlinkat, (const char *goal, int to, const char *new), (goal, to, new), at_path(NEW | NAME, "symlink", to, new))
WRAP(unlink, (const char *path), (path), at_path(NAME, "unlink", AT_FDCWD, path))
WRAP(unlinkat, (int base, const char *path, int flags), (base, path, flags), at_path(NAME, "unlink", base, path))
WRAP(remove, (const char *path), (path), at_path(NAME, "unlink", AT_FDCWD, path))
WRAP(rmdir, (const char *path), (path), at_path(NAME, "rmdir", AT_FDCWD, path))
WRAP(mkdir, (const char *path, mode_t mode), (path, mode), at_making(AT_FDCWD, path))
WRAP(mkdirat, (int base, const char *path, mode_t mode), (base, path, mode), at_making(base, path))
WRAP(chmod, (const char *path, mode_t mode), (path, mode), at_path(META, "chmod", AT_FDCWD, path))
WRAP(fchmod, (int file, mode_t mode), (file, mode), at_descriptor(META, "chmod", file))
WRAP(fchmodat, (int base, const char *path, mode_t mode, int flags), (base, path, mode, flags),
     at_path(META, "chmod", base, path))
WRAP(utimensat, (int base, const char *path, const struct timespec times[2], int flags), (base, path, times, flags),
     at_path(META, "utime", base, path))
WRAP(futimens, (int file, const struct timespec times[2]), (file, times), at_descriptor(META, "utime", file))

WRAP(flock, (int file, int what), (file, what), what & LOCK_UN ? GO : at_descriptor(LOCK, "lock", file))
static enum fate at_control(int file, int what, const void *given) {
    int locks = what == F_SETLK || what == F_SETLKW || what == F_OFD_SETLK || what == F_OFD_SETLKW;
    return locks && ((const struct flock *)given)->l_type != F_UNLCK ? at_descriptor(LOCK, "lock", file) : GO;
}
#define WRAP_CONTROL(name) \
    int name(int file, int what, ...) { \
        va_list more; va_start(more, what); void *given = va_arg(more, void *); va_end(more); \
        REAL(name); AS_FATED(int, at_control(file, what, given), real(file, what, given), ); }
WRAP_CONTROL(fcntl)
WRAP_CONTROL(fcntl64)

/* Of a file that was written to: Linux closes it even when it reports that what was written before has failed. */
int close(int file) {
    REAL(close);
    int written = looking() && syscall(SYS_fcntl, file, F_GETFL) & (O_WRONLY | O_RDWR);
    enum fate this = written ? at_descriptor(CLOSE, "close", file) : GO;
    if (this == DIE) die();
    int error = errno, done = real(file);
    if (this == GO_AND_DIE) die();
    return this == FAIL ? (errno = error, -1) : done;
}
