/* Stands in for libpq-fe.h. */
