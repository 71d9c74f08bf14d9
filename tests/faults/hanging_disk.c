/* A disk that hangs: fsync and fdatasync do not return while the first number in a file is not 0; the second number
   becomes 1 when one of them waits.
   Loaded before the C library (LD_PRELOAD) by tests/faults/test_hanging.py. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile int64_t *hangs;

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("HANGING_DISK");
    int file = name ? open(name, O_RDWR) : -1;
    if (file < 0) return;
    void *seen = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (seen != MAP_FAILED) hangs = seen;
    close(file);
}

static void wait_for_it(void) {
    while (hangs && *hangs) {
        hangs[1] = 1;
        usleep(20000);
    }
}

int fsync(int file) {
    wait_for_it();
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    wait_for_it();
    return (int)syscall(SYS_fdatasync, file);
}
