/*
 * The yardstick: about the least that a correct HTTP/1.1 answer can cost on Linux.
 *
 *     hello [threads [file]]
 *
 * One epoll loop per thread, each with its own SO_REUSEPORT listener. Prints "listening <port>" and
 * ends at the end of its standard input. Answers GET /hello and GET /chunks, for which it has the
 * content in the file that its second argument names; parses the request line and looks for the end
 * of the head, nothing more. Pipelined requests of one read are answered with one send, except
 * chunks: each has a send of its own, the first one together with the head.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_HEAD 8192
#define MAX_OUT 32768
#define EVENTS 256

#define CHUNKS 64
#define CHUNK 1024
#define PIECE_MAX (CHUNK + 512)

static const char REQUEST_LINE[] = "GET /hello HTTP/1.1\r\n";
static const char CHUNKS_LINE[] = "GET /chunks HTTP/1.1\r\n";
static const char NOT_FOUND[] =
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/* Holds what a turn left over: the beginning of a head, and output that the socket did not take. */
struct connection {
    int fd;
    int closing;
    int events;
    int piece; /* the next piece of the answer in chunks, or -1 */
    size_t in_length;
    size_t out_length;
    char in[MAX_HEAD];
    char out[MAX_OUT];
};

/* The answer changes once a second, with its Date (RFC 9110 section 6.6.1). */
struct loop {
    int epoll;
    int listener;
    time_t answer_time;
    size_t answer_length;
    char answer[256];
    size_t first_length;
    char first[PIECE_MAX];
};

/* The chunks with their framing; the last one is followed by the end of the content. */
static char chunk_text[CHUNKS * CHUNK];
static char piece_text[CHUNKS][PIECE_MAX];
static size_t piece_length[CHUNKS];

static _Noreturn void die(const char *what) {
    perror(what);
    exit(1);
}

static int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) < 0) die("socket");
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) die("bind");
    if (listen(fd, 2048) < 0) die("listen");
    return fd;
}

static int port_of(int fd) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &length) < 0) die("getsockname");
    return ntohs(address.sin_port);
}

static void read_chunks(const char *file) {
    FILE *in = fopen(file, "rb");
    if (!in || fread(chunk_text, 1, sizeof chunk_text, in) != sizeof chunk_text) die(file);
    fclose(in);
    for (int i = 0; i < CHUNKS; i++) {
        piece_length[i] = snprintf(piece_text[i], PIECE_MAX, "%x\r\n%.*s\r\n%s", CHUNK, CHUNK,
                                   chunk_text + i * CHUNK, i == CHUNKS - 1 ? "0\r\n\r\n" : "");
    }
}

static void refresh_answer(struct loop *loop) {
    time_t now = time(NULL);
    if (now == loop->answer_time) return;
    struct tm utc;
    char date[64];
    gmtime_r(&now, &utc);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    loop->answer_time = now;
    loop->answer_length = snprintf(loop->answer, sizeof loop->answer,
                                   "HTTP/1.1 200 OK\r\n"
                                   "Content-Type: text/plain\r\n"
                                   "Content-Length: 13\r\n"
                                   "Date: %s\r\n"
                                   "\r\n"
                                   "Hello, World!",
                                   date);
    loop->first_length = snprintf(loop->first, sizeof loop->first,
                                  "HTTP/1.1 200 OK\r\n"
                                  "Content-Type: text/plain\r\n"
                                  "Transfer-Encoding: chunked\r\n"
                                  "Date: %s\r\n"
                                  "\r\n"
                                  "%s",
                                  date, piece_text[0]);
}

static void watch(struct loop *loop, struct connection *connection, int operation, int events) {
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(loop->epoll, operation, connection->fd, &event) < 0) die("epoll_ctl");
    connection->events = events;
}

static void drop(struct connection *connection) {
    close(connection->fd);
    free(connection);
}

static void append(struct connection *connection, const char *bytes, size_t length) {
    memcpy(connection->out + connection->out_length, bytes, length);
    connection->out_length += length;
}

/* Answers the whole heads of the input; returns 1 when the output has no room for more. */
static int answer(struct loop *loop, struct connection *connection) {
    const char *next = connection->in;
    const char *end = connection->in + connection->in_length;
    int full = 0;
    while (!connection->closing && connection->piece < 0) {
        full = connection->out_length + PIECE_MAX > MAX_OUT;
        if (full) break;
        const char *blank = memmem(next, end - next, "\r\n\r\n", 4);
        if (!blank) {
            connection->closing = end - next == MAX_HEAD;
            break;
        }
        size_t head = blank + 4 - next;
        if (head >= sizeof REQUEST_LINE && memcmp(next, REQUEST_LINE, sizeof REQUEST_LINE - 1) == 0) {
            append(connection, loop->answer, loop->answer_length);
        } else if (piece_length[0] > 0 && head >= sizeof CHUNKS_LINE &&
                   memcmp(next, CHUNKS_LINE, sizeof CHUNKS_LINE - 1) == 0) {
            append(connection, loop->first, loop->first_length);
            connection->piece = 1;
        } else {
            append(connection, NOT_FOUND, sizeof NOT_FOUND - 1);
            connection->closing = 1;
        }
        next += head;
    }
    connection->in_length = end - next;
    if (connection->in_length > 0) memmove(connection->in, next, connection->in_length);
    return full;
}

/* Returns 1 when everything is sent, 0 when the socket is full, -1 when the client is gone. */
static int flush(struct connection *connection) {
    if (connection->out_length == 0) return 1;
    ssize_t sent = send(connection->fd, connection->out, connection->out_length, MSG_NOSIGNAL);
    if (sent < 0) {
        if (errno != EAGAIN) return -1;
        sent = 0;
    }
    connection->out_length -= sent;
    if (connection->out_length > 0) {
        memmove(connection->out, connection->out + sent, connection->out_length);
        return 0;
    }
    return 1;
}

/* Sends what waits, then chunk by chunk; returns as flush does. */
static int send_pieces(struct connection *connection) {
    int sent = flush(connection);
    while (sent == 1 && connection->piece >= 0) {
        append(connection, piece_text[connection->piece], piece_length[connection->piece]);
        connection->piece = connection->piece + 1 < CHUNKS ? connection->piece + 1 : -1;
        sent = flush(connection);
    }
    return sent;
}

/* Answers what can be answered now; input is read again once all output is gone. */
static void serve(struct loop *loop, struct connection *connection) {
    int full, chunks, sent;
    do {
        full = answer(loop, connection);
        chunks = connection->piece >= 0;
        sent = send_pieces(connection);
    } while ((full || chunks) && sent == 1);
    if (sent < 0 || (sent == 1 && connection->closing)) {
        drop(connection);
        return;
    }
    int events = sent == 1 ? EPOLLIN : EPOLLOUT;
    if (events != connection->events) watch(loop, connection, EPOLL_CTL_MOD, events);
}

static void receive(struct loop *loop, struct connection *connection) {
    ssize_t count = recv(connection->fd, connection->in + connection->in_length,
                         MAX_HEAD - connection->in_length, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) {
        drop(connection);
        return;
    }
    connection->in_length += count;
    serve(loop, connection);
}

static void accept_all(struct loop *loop) {
    int fd;
    while ((fd = accept4(loop->listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct connection *connection = malloc(sizeof *connection);
        if (!connection) die("malloc");
        connection->fd = fd;
        connection->closing = 0;
        connection->piece = -1;
        connection->in_length = 0;
        connection->out_length = 0;
        watch(loop, connection, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void *run(void *argument) {
    struct loop *loop = argument;
    struct epoll_event events[EVENTS];
    for (;;) {
        int count = epoll_wait(loop->epoll, events, EVENTS, -1);
        if (count < 0 && errno != EINTR) die("epoll_wait");
        refresh_answer(loop);
        for (int i = 0; i < count; i++) {
            struct connection *connection = events[i].data.ptr;
            if (!connection) {
                accept_all(loop);
            } else if (events[i].events & EPOLLOUT) {
                serve(loop, connection);
            } else {
                receive(loop, connection);
            }
        }
    }
}

static void start(int listener) {
    struct loop *loop = calloc(1, sizeof *loop);
    if (!loop) die("calloc");
    loop->listener = listener;
    loop->epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    if (loop->epoll < 0 || epoll_ctl(loop->epoll, EPOLL_CTL_ADD, listener, &event) < 0) die("epoll");
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, loop) != 0) die("pthread_create");
}

int main(int argc, char **argv) {
    int threads = argc > 1 ? atoi(argv[1]) : 1;
    if (argc > 2) read_chunks(argv[2]);
    int first = listen_on(0);
    int port = port_of(first);
    start(first);
    for (int i = 1; i < threads; i++) start(listen_on(port));
    printf("listening %d\n", port);
    fflush(stdout);
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    return 0;
}
