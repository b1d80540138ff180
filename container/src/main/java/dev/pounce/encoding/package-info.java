/**
 * Content codings of responses (RFC 9110 section 8.4.1): which one a request accepts, which media
 * types are worth it, and streaming encoders whose native memory is pooled and bounded. Bytes in,
 * bytes out: nothing here knows a socket, a thread or another package.
 */
package dev.pounce.encoding;
