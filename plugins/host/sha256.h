/* sha256.h -- SHA-256 (FIPS 180-4), for fingerprints, trust and footers. */
#ifndef PLUGINS_HOST_SHA256_H
#define PLUGINS_HOST_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct Sha256 {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
    size_t used;
} Sha256;

void sha256_init(Sha256 *hash);
void sha256_add(Sha256 *hash, const void *bytes, size_t length);
void sha256_hex(Sha256 *hash, char hex[65]);    /* ends it; lower case, NUL-terminated */

#endif
