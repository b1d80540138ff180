package dev.pounce.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.app.Content;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;

import java.net.InetSocketAddress;

/** Netty by itself: its HTTP codec, native epoll, an event loop per core. */
public final class NettyServer extends SimpleChannelInboundHandler<HttpObject> {

    private static final byte[] BODY = Content.HELLO.getBytes(US_ASCII);

    private NettyServer() {}

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws Exception {
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
        Channel channel =
                new ServerBootstrap()
                        .group(loops)
                        .channel(EpollServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, 2048)
                        .childHandler(new Connection())
                        .bind("127.0.0.1", 0)
                        .sync()
                        .channel();
        Standby.serve(((InetSocketAddress) channel.localAddress()).getPort());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest request) {
            boolean known = request.uri().equals("/hello");
            FullHttpResponse response =
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            known ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
                            Unpooled.wrappedBuffer(known ? BODY : new byte[0]));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                    .set(HttpHeaderNames.DATE, HttpDate.now())
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            context.write(response, context.voidPromise());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    /** Clients go away without a word. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    private static final class Connection extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new HttpServerCodec(), new NettyServer());
        }
    }
}
