/* Stands between a process and its disk (LD_PRELOAD), for the files of one folder only.
 *
 * shim_watch: writes down every write, truncation and sync, in order, as a journal from which
 *             `replay.py` builds what a disk may hold after a power cut.
 * shim_fail:  lets the Nth write, truncation or sync fail with an errno, once or from then on; a
 *             number below zero counts the syncs of the folder alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 4096
static char folder[3072];
static size_t folder_len;
static int journal = -1;
static unsigned char seen[FDS]; /* 1: a file of the folder; 2: one that may be made to fail; 3: the folder */
static long fail_at, fail_count, fail_hits;
static int fail_errno, fail_sticky, fail_folder;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(kind, name, ...)                                                                      \
  static kind (*real)(__VA_ARGS__);                                                                \
  if (!real) real = (kind(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

struct head { uint8_t op; uint8_t pad[3]; int32_t fd; int64_t at; int64_t len; };

static ssize_t raw_write(int fd, const void *from, size_t n) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return real(fd, from, n);
}

static void note(char op, int fd, int64_t at, const void *what, size_t n) {
  struct head h = {(uint8_t)op, {0, 0, 0}, fd, at, (int64_t)n};
  if (journal < 0) return;
  pthread_mutex_lock(&lock);
  if (raw_write(journal, &h, sizeof h) < 0 || (n && raw_write(journal, what, n) < 0)) _exit(77);
  pthread_mutex_unlock(&lock);
}

static int ours(const char *path) {
  return folder_len && path && !strncmp(path, folder, folder_len) &&
         (path[folder_len] == '/' || !path[folder_len]);
}

static int watched(int fd) { return fd >= 0 && fd < FDS && seen[fd]; }

static int fails(int fd) {
  int hit = 0;
  if (fd < 0 || fd >= FDS || seen[fd] < 2) return 0;
  pthread_mutex_lock(&lock);
  if (fail_at > 0 && (!fail_folder || seen[fd] == 3)) {
    fail_count++;
    hit = fail_count == fail_at || (fail_sticky && fail_count > fail_at);
    fail_hits += hit;
  }
  pthread_mutex_unlock(&lock);
  if (hit) errno = fail_errno;
  return hit;
}

void shim_watch(const char *path, const char *into) {
  snprintf(folder, sizeof folder, "%s", path);
  folder_len = strlen(folder);
  if (into && *into) {
    REAL(int, "open64", const char *, int, ...);
    journal = real(into, O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
}

void shim_fail(long at, int with, int sticky) {
  pthread_mutex_lock(&lock);
  fail_folder = at < 0;
  fail_at = at < 0 ? -at : at, fail_errno = with, fail_sticky = sticky, fail_count = 0, fail_hits = 0;
  pthread_mutex_unlock(&lock);
}

long shim_hits(void) { return fail_hits; }

long shim_calls(void) { return fail_count; }

static int opened(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= FDS) return fd;
  seen[fd] = 0;
  if (ours(path)) {
    size_t n = strlen(path);
    int told = strstr(path, ".log") || strstr(path, ".lock");
    seen[fd] = told ? 1 : path[folder_len] ? 2 : 3;
    note('O', fd, flags, path, n);
  }
  return fd;
}

#define OPEN(name)                                                                                 \
  int name(const char *path, int flags, ...) {                                                     \
    REAL(int, #name, const char *, int, ...);                                                      \
    mode_t mode = 0;                                                                               \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                                         \
      va_list more;                                                                                \
      va_start(more, flags);                                                                       \
      mode = va_arg(more, mode_t);                                                                 \
      va_end(more);                                                                                \
    }                                                                                              \
    return opened(real(path, flags, mode), path, flags);                                           \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  REAL(int, "close", int);
  if (watched(fd)) {
    seen[fd] = 0;
    note('C', fd, 0, "", 0);
  }
  return real(fd);
}

ssize_t write(int fd, const void *from, size_t n) {
  if (!watched(fd)) return raw_write(fd, from, n);
  if (fails(fd)) return -1;
  struct stat st;
  int64_t at = lseek(fd, 0, SEEK_CUR);
  if ((fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &st)) at = st.st_size;
  ssize_t done = raw_write(fd, from, n);
  if (done > 0) note('W', fd, at, from, (size_t)done);
  return done;
}

#define PWRITE(name, off)                                                                          \
  ssize_t name(int fd, const void *from, size_t n, off at) {                                       \
    REAL(ssize_t, #name, int, const void *, size_t, off);                                          \
    if (fails(fd)) return -1;                                                                      \
    ssize_t done = real(fd, from, n, at);                                                          \
    if (done > 0 && watched(fd)) note('W', fd, at, from, (size_t)done);                            \
    return done;                                                                                   \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, off)                                                                        \
  int name(int fd, off size) {                                                                     \
    REAL(int, #name, int, off);                                                                    \
    if (fails(fd)) return -1;                                                                      \
    int done = real(fd, size);                                                                     \
    if (!done && watched(fd)) note('T', fd, size, "", 0);                                          \
    return done;                                                                                   \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                                                                                 \
  int name(int fd) {                                                                               \
    REAL(int, #name, int);                                                                         \
    if (fails(fd)) return -1;                                                                      \
    int done = real(fd);                                                                           \
    if (!done && watched(fd)) note('S', fd, 0, "", 0);                                             \
    return done;                                                                                   \
  }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  int done = real(path);
  if (!done && ours(path)) note('U', -1, 0, path, strlen(path));
  return done;
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  int done = real(from, to);
  if (!done && (ours(from) || ours(to))) {
    char both[8192];
    int n = snprintf(both, sizeof both, "%s%c%s", from, 0, to);
    note('R', -1, 0, both, (size_t)n);
  }
  return done;
}
