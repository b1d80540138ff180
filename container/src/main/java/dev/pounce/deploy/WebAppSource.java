package dev.pounce.deploy;

import dev.pounce.api.Drain;
import dev.pounce.config.AppConfig;
import dev.pounce.files.FileCache;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.InFlight;

import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.IndexView;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A webapp that is unpacked and read, but not started.
 *
 * @param contextPath empty, or begins with a slash and does not end with one
 * @param root the folder with its files and WEB-INF
 * @param workFolder a folder of its own for temporary files, which exists
 * @param loader loads its classes
 * @param archives its classes as their bytecode describes them: WEB-INF/classes, then the jars of
 *     WEB-INF/lib and what its settings add, in the order in which classes are looked for
 * @param fused its fused handlers
 * @param cache its part of what is kept of files
 * @param drain tells it when the server is going to stop
 * @param inFlight counts its requests; those that other webapps dispatch to it enter there
 * @param neighbours the other webapps of its host
 * @param host what the configuration calls the virtual host; {@code default} for the server's own
 * @param config its settings in force at the start
 */
public record WebAppSource(
        String contextPath,
        Path root,
        Path workFolder,
        ClassLoader loader,
        List<ClassArchive> archives,
        List<FusedRoute> fused,
        FileCache.Part cache,
        Drain drain,
        InFlight inFlight,
        Neighbours neighbours,
        String host,
        AppConfig config) {

    /** The classes of all of its archives. */
    public IndexView index() {
        return index(archives);
    }

    /** Its libraries, in the order in which classes are looked for. */
    public List<Path> libraries() {
        return archives.stream().map(ClassArchive::file).filter(Files::isRegularFile).toList();
    }

    static IndexView index(List<ClassArchive> archives) {
        List<IndexView> all = new ArrayList<>();
        archives.forEach(each -> all.add(each.classes()));
        return CompositeIndex.create(all);
    }
}
