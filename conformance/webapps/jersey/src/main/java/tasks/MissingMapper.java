package tasks;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A task that is not there is 404. */
@Provider
public final class MissingMapper implements ExceptionMapper<MissingException> {

    @Override
    public Response toResponse(MissingException exception) {
        return Response.status(404).type("text/plain").entity(exception.getMessage()).build();
    }
}
