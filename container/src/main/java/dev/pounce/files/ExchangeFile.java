package dev.pounce.files;

import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.SharedContent;
import dev.pounce.io.SharedFile;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestTarget;

import java.io.IOException;
import java.util.List;

/** An exchange that is asked for a file. */
record ExchangeFile(Exchange exchange, String path) implements FileExchange {

    static ExchangeFile of(Exchange exchange, String contextPath) throws ProtocolException {
        return new ExchangeFile(exchange, exchange.path().substring(contextPath.length()));
    }

    @Override
    public boolean isDispatched() {
        return false;
    }

    @Override
    public boolean isPart() {
        return false;
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    @Override
    public String method() {
        return exchange.request().method();
    }

    @Override
    public List<String> fields(String name) {
        return exchange.request().fields(name);
    }

    /** Built from the normalised path: one that begins with two slashes would name another host. */
    @Override
    public String folderLocation() {
        try {
            String query = exchange.request().rawQuery();
            String folder = RequestTarget.encode(exchange.path()) + "/";
            return query == null ? folder : folder + "?" + query;
        } catch (ProtocolException e) {
            throw new IllegalStateException("the path was read before", e);
        }
    }

    @Override
    public String mediaType(String fileName) {
        return MediaTypes.of(fileName);
    }

    @Override
    public void field(String name, String value) {
        exchange.response().fields().set(name, value);
    }

    @Override
    public void addField(String name, String value) {
        exchange.response().fields().add(name, value);
    }

    @Override
    public boolean hasField(String name) {
        return exchange.response().fields().contains(name);
    }

    @Override
    public void status(int status) {
        exchange.response().status(status);
    }

    @Override
    public void contentLength(long length) {
        exchange.response().contentLength(length);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        exchange.response().write(content, offset, length);
    }

    @Override
    public void transfer(SharedFile file, long position, long count) throws IOException {
        exchange.response().transfer(file, position, count);
    }

    @Override
    public void finish(SharedContent content) throws IOException {
        exchange.response().finish(content);
    }

    @Override
    public void error(int status, String code) throws IOException {
        ErrorResponse.send(exchange.response(), status, code);
    }
}
