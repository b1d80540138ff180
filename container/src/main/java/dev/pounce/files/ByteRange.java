package dev.pounce.files;

/**
 * Some bytes of a representation.
 *
 * @param first the position of the first byte
 * @param last the position of the last one
 */
record ByteRange(long first, long last) {

    long length() {
        return last - first + 1;
    }

    /** The value of Content-Range (RFC 9110 section 14.4). */
    String contentRange(long size) {
        return "bytes " + first + '-' + last + '/' + size;
    }
}
