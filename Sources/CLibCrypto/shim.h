#ifndef ROSTER_CLIBCRYPTO_SHIM_H
#define ROSTER_CLIBCRYPTO_SHIM_H

// OpenSSL recommends its EVP functions instead of these. They read configuration files and load providers, and a static program has them all in it; these only
// compute.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#endif
