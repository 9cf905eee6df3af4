/* What LLVM calls for copies and fills, and the ThreadSanitizer of older GCCs lacks: the functions it watches do the work. */

#include <string.h>

void *__tsan_memcpy(void *to, const void *from, size_t size) { return memcpy(to, from, size); }

void *__tsan_memmove(void *to, const void *from, size_t size) { return memmove(to, from, size); }

void *__tsan_memset(void *to, int value, size_t size) { return memset(to, value, size); }
