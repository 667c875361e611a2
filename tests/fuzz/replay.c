/* replay.c -- runs a fuzz target without a fuzzer: the seeds, every .alliance file of the
 * project, and some thousand inputs made of them by cutting, swapping and changing bytes.
 *
 * Linked into a target that is not built for libFuzzer.  The choices come from a fixed seed, so a
 * failure comes again; the last input tried stands in the file last-input of the folder it ran in.
 */
#include <ftw.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
int LLVMFuzzerInitialize(int *count, char ***arguments) __attribute__((weak));

enum { LARGEST = 1 << 16, VARIANTS = 24 };

/* nftw gives its callback no context, so what it collects stands here. */
static const char *folder_of_seeds;
static unsigned long input_count, file_count;
static uint64_t state = 0x9e3779b97f4a7c15u;

/* xorshift: the same numbers on every machine. */
static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return limit == 0 ? 0 : (size_t)(state % limit);
}

static void try_input(const uint8_t *bytes, size_t length)
{
    FILE *file = fopen("last-input", "wb");
    if (file) {
        fwrite(bytes, 1, length, file);
        fclose(file);
    }
    /* A block of exactly this length, so that a sanitizer sees the first byte behind it. */
    uint8_t *copy = malloc(length ? length : 1);
    if (!copy)
        return;
    memcpy(copy, bytes, length);
    LLVMFuzzerTestOneInput(copy, length);
    free(copy);
    input_count++;
}

/* Changes one thing: a byte, a cut, a piece that stands twice, two pieces swapped. */
static size_t change(uint8_t *bytes, size_t length)
{
    static const char odd[] = "{}()\"'#,:?-/|\\\n\t .0\xc3\xe2\x80\xff";
    if (length == 0)
        return 0;
    size_t at = below(length), size = below(length - at < 64 ? length - at : 64);
    switch (below(4)) {
    case 0:
        bytes[at] = (uint8_t)odd[below(sizeof odd)];
        return length;
    case 1:
        return at;
    case 2:
        if (length + size > LARGEST)
            return length;
        memmove(bytes + at + size, bytes + at, length - at);
        return length + size;
    default:
        memmove(bytes + at, bytes + at + size, length - at - size);
        return length - size;
    }
}

static int visit(const char *path, const struct stat *about, int type, struct FTW *place)
{
    static uint8_t original[LARGEST], varied[LARGEST];
    size_t name_length = strlen(path);
    (void)about;
    (void)place;

    bool is_seed = strncmp(path, folder_of_seeds, strlen(folder_of_seeds)) == 0;
    bool is_source = name_length > 9 && strcmp(path + name_length - 9, ".alliance") == 0;
    if (type != FTW_F || !(is_seed || is_source))
        return 0;
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t length = fread(original, 1, sizeof original, file);
    fclose(file);

    file_count++;
    try_input(original, length);
    for (int variant = 0; variant < VARIANTS; variant++) {
        memcpy(varied, original, length);
        size_t now = length;
        for (size_t changes = 1 + below(4); changes > 0; changes--)
            now = change(varied, now);
        try_input(varied, now);
    }
    return 0;
}

int main(int count, char **arguments)
{
    const char *root = getenv("SRCDIR");
    const char *name = strrchr(arguments[0], '/');
    char seeds[4096], folder[4096];

    if (!root)
        root = ".";
    snprintf(seeds, sizeof seeds, "%s/tests/fuzz/seeds/%s", root, name ? name + 1 : arguments[0]);
    folder_of_seeds = seeds;
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&count, &arguments);

    try_input((const uint8_t *)"", 0);
    nftw(seeds, visit, 16, FTW_PHYS);
    snprintf(folder, sizeof folder, "%s/examples", root);
    nftw(folder, visit, 16, FTW_PHYS);
    snprintf(folder, sizeof folder, "%s/tests", root);
    nftw(folder, visit, 16, FTW_PHYS);

    printf("%sok 1 - %lu inputs made of %lu files\n1..1\n", file_count ? "" : "not ", input_count,
        file_count);
    return 0;
}
