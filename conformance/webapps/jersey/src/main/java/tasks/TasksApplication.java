package tasks;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

import org.glassfish.jersey.media.multipart.MultiPartFeature;

import java.util.Set;

/** Found by Jersey's ServletContainerInitializer; there is no web.xml. */
@ApplicationPath("/api")
public final class TasksApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                TaskResource.class,
                LaterResource.class,
                FormResource.class,
                MissingMapper.class,
                MultiPartFeature.class);
    }
}
