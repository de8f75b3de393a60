/* Sets a running program's clocks, by what two numbers in a shared file say: seconds added to the wall clock, and to
 * the monotonic one. Waits until a moment are told that moment as the system knows it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static const double still[2];
static const volatile double *ahead = still;

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("CLOCK_CONTROL");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof still, PROT_READ, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) ahead = page;
    close(file);
}

static double set_by(clockid_t clock) {
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
        return ahead[0];
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_MONOTONIC_RAW:
        return ahead[1];
    default:
        return 0;
    }
}

static struct timespec moved(const struct timespec *at, double seconds) {
    long long all = at->tv_sec * 1000000000LL + at->tv_nsec + (long long)(seconds * 1e9);
    return (struct timespec){all / 1000000000, all % 1000000000};
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

int clock_gettime(clockid_t clock, struct timespec *at) {
    REAL(clock_gettime);
    int failed = real(clock, at);
    if (!failed) *at = moved(at, set_by(clock));
    return failed;
}

time_t time(time_t *into) {
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    if (into) *into = at.tv_sec;
    return at.tv_sec;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    (void)zone;
    struct timespec fine;
    clock_gettime(CLOCK_REALTIME, &fine);
    *at = (struct timeval){fine.tv_sec, fine.tv_nsec / 1000};
    return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *until, struct timespec *rest) {
    REAL(clock_nanosleep);
    struct timespec there = moved(until, flags & TIMER_ABSTIME ? -set_by(clock) : 0);
    return real(clock, flags, &there, rest);
}

int sem_clockwait(sem_t *restrict sem, clockid_t clock, const struct timespec *restrict until) {
    REAL(sem_clockwait);
    struct timespec there = moved(until, -set_by(clock));
    return real(sem, clock, &there);
}

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict until) {
    REAL(sem_timedwait);
    struct timespec there = moved(until, -set_by(CLOCK_REALTIME));
    return real(sem, &there);
}

int pthread_cond_timedwait(
    pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex, const struct timespec *restrict until) {
    REAL(pthread_cond_timedwait);
    /* Python's condition variables wait by the monotonic clock. */
    struct timespec there = moved(until, -set_by(CLOCK_MONOTONIC));
    return real(cond, mutex, &there);
}
