/* A disk whose fsync costs exactly one millisecond, for LD_PRELOAD.
 *
 *     cc -O2 -shared -fPIC -o fsync_1ms.so fsync_1ms.c -ldl
 *
 * The disk of a test machine may be a cache that answers in no time, or a busy one that differs
 * from minute to minute; what a commit costs there says little. So the file lies in memory and
 * every fsync takes a millisecond by the clock, about what an NVMe disk of a small server needs.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <time.h>

#define MILLISECOND 1000000L
#define EARLY 100000L /* sleeping overshoots by about this much; the rest is spun away */

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static atomic_long count;

/* How many there were, so that a benchmark can show that it was on. */
long fsyncs(void)
{
    return count;
}

static int slowly(const char *name, int file)
{
    long end = now() + MILLISECOND;
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int result = real(file);
    struct timespec until = { (end - EARLY) / 1000000000L, (end - EARLY) % 1000000000L };

    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
    while (now() < end)
        ;
    count++;
    return result;
}

int fsync(int file)
{
    return slowly("fsync", file);
}

int fdatasync(int file)
{
    return slowly("fdatasync", file);
}
