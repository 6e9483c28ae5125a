/* Stands in for openssl/ssl.h. */
