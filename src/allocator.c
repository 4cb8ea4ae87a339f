/* How glibc's malloc treats large blocks in this program; other C libraries have no such setting.
 *
 * It begins with pages of their own for blocks of 128 KiB and more, which go back to the system
 * when they are freed. But it learns from the first ones that are freed to keep ever larger blocks,
 * up to 32 MiB, in an arena for each thread: a file of 80 MB that was read again ten times left
 * 110 MB behind for 35 MB in use. Setting what it begins with stops the learning (mallopt(3)). Less
 * than that, and the sets of events that a filter makes anew would have fresh pages each time.
 *
 * In C, for Rust could say it in unsafe code only, of which this program has none. It runs before
 * main, when there is one thread, and sets a number.
 */
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

__attribute__((constructor)) static void keep_no_large_blocks(void)
{
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
}
#endif
