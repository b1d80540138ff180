package tasks;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import java.util.List;

/** Tasks as JSON. */
@Path("/tasks")
@Produces("application/json")
public final class TaskResource {

    @GET
    public List<Task> all() {
        return Tasks.ALL.all();
    }

    /** Adds a task; its address is in Location. */
    @POST
    @Consumes("application/json")
    public Response add(Task task, @Context UriInfo uri) {
        Task added = Tasks.ALL.add(task);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(Integer.toString(added.id)).build())
                .entity(added)
                .build();
    }

    /** A task, unless the client has it. */
    @GET
    @Path("/{id}")
    public Response one(@PathParam("id") int id, @Context Request request) {
        Task task = find(id);
        EntityTag tag = new EntityTag(id + "-" + task.done);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return unchanged != null ? unchanged.build() : Response.ok(task).tag(tag).build();
    }

    @PATCH
    @Path("/{id}")
    @Consumes("application/json")
    public Task change(@PathParam("id") int id, Task change) {
        Task task = find(id);
        task.done = change.done;
        return task;
    }

    @DELETE
    @Path("/{id}")
    public void remove(@PathParam("id") int id) {
        find(id);
        Tasks.ALL.remove(id);
    }

    private static Task find(int id) {
        Task task = Tasks.ALL.find(id);
        if (task == null) {
            throw new MissingException(id);
        }
        return task;
    }
}
