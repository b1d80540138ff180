package dev.pounce.launcher;

import dev.pounce.config.AppConfig;
import dev.pounce.config.Key;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;
import dev.pounce.config.Setting;
import dev.pounce.config.ValueType;
import dev.pounce.config.VirtualHostConfig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what the project says about its configuration: the file and its reference. */
final class ConfigReference {

    private static final String FILE_HEADER =
            """
            The configuration of Pounce: every setting, at its default. What is left out is at its
            default too. POUNCE_... environment variables win over this file, flags of
            `pounce run` over both; docs/configuration.md has the details.

            `pounce config` checks this file and prints what comes out of all sources.
            """;

    private static final String INTRODUCTION =
            """
            # Configuration

            Pounce starts without any configuration. What is to differ from the defaults comes from
            four sources, a later one winning:

            1. the defaults below,
            2. a file: `conf/pounce.yaml` in `POUNCE_BASE` if it is there, or the one of `--config`,
            3. environment variables, named in the tables,
            4. flags of `pounce run`: `--host`, `--port`, `--workers`, `--cpu-affinity`
               (`--no-cpu-affinity`), `--webapps`, and `--set path=value` for any setting, as in
               `--set compression.min_size=1KiB`.

            `pounce config show`, with the flags of `run`, prints what comes out, without secrets;
            `pounce config schema` prints the JSON Schema of the file, by which editors check it.

            A mistake in any source ends the start with status 2. Every mistake is reported, each
            in a line that says where it is and which setting may have been meant:

                conf/pounce.yaml:3:3: compression.minsize: unknown setting; did you mean \
            compression.min_size?

            An unknown `POUNCE_...` variable is only a warning, because the environment is shared
            with others. The same goes for a value that starts with `tcp://`: Kubernetes sets
            `POUNCE_PORT` so, beside a service named pounce.

            ## Values

            | type | written as |
            |---|---|
            | integer | decimal digits |
            | size | bytes as an integer, or with `KiB`, `MiB`, `GiB`, `TiB` (powers of 1024): `64KiB` |
            | duration | an integer with `ms`, `s`, `m`, `h` or `d`: `100ms`, `5s`; zero needs no unit |
            | switch | `true` or `false`, `on` or `off`, `yes` or `no` |
            | one of several words | the word in lower case |
            | list | in the file a YAML list; elsewhere separated by commas: `text/html,text/css` |
            | path | relative paths in the file start at `POUNCE_BASE`, others at the current directory |

            The file is YAML 1.1 in UTF-8, at most 1 MiB.

            In any value of the file, or part of one, `${env:NAME}` is an environment variable and
            `${sys:name}` a system property (`-Dname=value` in `JAVA_OPTS`), such as
            `file: ${env:LOG_FOLDER:-logs}/access.log`. What follows `:-` is for when there is no
            such or it is empty; without it that is a mistake. `$${` is a dollar sign and a brace as
            they are. Within `[…]` and `{…}` of YAML such a value needs quotes. For secrets this is
            the place: `config show`, `info` and messages never have what a secret setting came to.

            ## In Java

            The same settings are the components of the records in `dev.pounce.config.ServerConfig`,
            in camel case. `with` takes paths and values as they are written here:

            ```java
            ServerConfig config =
                    ServerConfig.defaults().withPort(0).with("compression.min_size", "1KiB");
            ```

            ## What `bin/pounce` reads

            | variable | meaning |
            |---|---|
            | `JAVA_HOME` | a JDK 25 or later; without one, `PATH` and the usual places are searched |
            | `JAVA_OPTS` | options for the JVM, split at blanks; they win over those of `bin/pounce` |
            | `POUNCE_HOME` | where `bin`, `conf` and `lib` are; by default where `bin/pounce` is |
            | `POUNCE_BASE` | where the `conf`, `webapps`, `logs` and `run` of this server are; by default `POUNCE_HOME` |
            | `POUNCE_BACKGROUND` | `1` when no terminal belongs to the server: `SIGHUP` is a reload then |

            `conf/simplelogger.properties` says what is logged, to standard error. The only line on
            standard output is the one that says what is served. Of a server that `pounce start`
            started both go to `logs/pounce.log`, which a start puts aside when it is above 32 MiB.

            `bin/pounce` chooses the parallel collector unless `JAVA_OPTS` names another. Pounce
            itself needs little heap: bodies stream, and encoders live outside it. With webapps
            that fill gigabytes, shorter pauses are worth more:
            `JAVA_OPTS="-Xmx8g -XX:+UseZGC" bin/pounce run`.

            | exit status | meaning |
            |---|---|
            | 0 | it was done; `run`: stopped in an orderly way after SIGTERM or SIGINT; `status`: a server runs |
            | 1 | it was not done: the port is taken, a webapp cannot be deployed, `check` has found problems, `stop` has waited in vain; `status`: a server has ended without stopping |
            | 2 | the configuration or the command line is wrong |
            | 3 | `status`, and commands to a server: none runs |
            | 4 | `status`: that cannot be known, for instance because the server is another user's |
            | 130, 143 | `run`: ended at once by a second SIGINT or SIGTERM |

            ## Reload

            `pounce reload` has a server read its sources again. So does `SIGHUP` where it runs in the
            background (`POUNCE_BACKGROUND=1`, which `pounce start` sets); in the foreground it ends
            the server, as it does everywhere. `Pounce.reload` does the same from Java. What is wrong
            is logged and answered, all of it, each with file, line and
            column, and the configuration before stays. Otherwise every changed setting is swapped,
            for requests that begin from then on; only those with **Restart** in the tables wait for
            the next start, and the log names them. The file of `users` is read again too. A server
            that was started by `nohup` ignores `SIGHUP`.

            # Settings
            """;

    private static final String HOSTS =
            """
            Each host has its settings under what it is called, which stands for `ID` here. Only the
            file has them, and no variable or flag:

            ```yaml
            hosts:
              shop:
                names: [shop.example.com, "*.shop.example.com"]
                webapps: /srv/shop/webapps
              blog:
                names: [blog.example.com, www.example.com]
            ```
            """;

    private static final String APPLICATIONS =
            """

            # Settings of one application

            An application can have settings of its own, in two files of the same kind as
            `conf/pounce.yaml`: its `WEB-INF/pounce.yaml`, and the operator's
            `conf/webapps/NAME.yaml` (`webapps_conf` names another folder), which wins setting by
            setting. `NAME` is the name in `webapps`, without `.war`: `shop`, `ROOT`, `a#b`;
            `shop##2` has the file of `shop` if there is none for it alone. Those of a virtual
            host are in `conf/webapps/ID/NAME.yaml`. What neither file
            sets is as the server has it, at any time: `pounce config show shop` prints what comes
            out.

            A change of either file deploys the application anew when it has been quiet for a
            second. With a mistake it does not start: the message, with file, line and column, is
            in the log and in `pounce list`, and the version before goes on serving. `pounce check`
            reports all mistakes of all applications.

            Settings that the operator alone may make have **Operator** here. The others, with
            their meaning, are those of the server; of `compression.rules` those of the server
            count for an application that sets none, and win over what it sets otherwise. Settings
            that a reload of the server swaps are swapped for applications that do not set them;
            all others take what they had at their deployment.
            """;

    private ConfigReference() {}

    /** {@code conf/pounce.yaml}. */
    static String file() {
        return ConfigYaml.write(ServerConfig.defaults(), FILE_HEADER, true);
    }

    /** {@code docs/configuration.md}. */
    static String markdown() {
        StringBuilder out = new StringBuilder();
        out.append("<!-- Generated from the configuration records; see GeneratedFilesTest. -->\n");
        out.append(INTRODUCTION);
        section(ServerConfig.schema().root(), out);
        out.append(APPLICATIONS);
        out.append("\n| setting | default | meaning |\n|---|---|---|\n");
        AppConfig defaults = AppConfig.of(ServerConfig.defaults());
        List<Key> shared = new ArrayList<>();
        for (Key key : AppConfig.settings().keys()) {
            if (ServerConfig.schema().find(key.path()).isPresent()) {
                shared.add(key);
            } else {
                String value = key.type().format(defaults.value(key));
                out.append(
                        "| `%s` | %s | %s %s%s |\n"
                                .formatted(
                                        key.path(),
                                        value.isEmpty() ? "" : "`" + value + "`",
                                        key.doc(),
                                        sentence(key.values()),
                                        operator(key)));
            }
        }
        out.append("\nAnd of the server's:\n\n");
        shared.forEach(key -> out.append("- `%s`%s\n".formatted(key.path(), operator(key))));
        return out.toString();
    }

    private static String operator(Key key) {
        return key.app() == Setting.App.OPERATOR ? " **Operator.**" : "";
    }

    private static void section(Schema.Group group, StringBuilder out) {
        if (!group.path().isEmpty()) {
            out.append("\n## ")
                    .append(group.path())
                    .append("\n\n")
                    .append(group.doc())
                    .append('\n');
        }
        List<Key> keys =
                group.children().stream()
                        .filter(Key.class::isInstance)
                        .map(Key.class::cast)
                        .toList();
        if (!keys.isEmpty()) {
            out.append("\n| setting | default | meaning |\n|---|---|---|\n");
            keys.forEach(key -> row(key, out));
        }
        for (Schema.Node node : group.children()) {
            switch (node) {
                case Schema.Group inner -> section(inner, out);
                case Key key when key.type().kind() == ValueType.Kind.HOSTS -> hosts(key, out);
                case Key ignored -> {}
            }
        }
    }

    /** Only the file has them, under what the host is called. */
    private static void hosts(Key hosts, StringBuilder out) {
        out.append("\n## ").append(hosts.path()).append("\n\n").append(HOSTS);
        out.append("\n| setting | default | meaning |\n|---|---|---|\n");
        Schema<VirtualHostConfig> schema = VirtualHostConfig.schema();
        VirtualHostConfig defaults = VirtualHostConfig.defaults("id");
        for (Key key : schema.keys()) {
            String value =
                    schema.value(defaults, key) instanceof Path path
                            ? path.toString().replace("id", "ID")
                            : key.type().format(schema.value(defaults, key));
            out.append("| `hosts.ID.%s` | ".formatted(key.path()))
                    .append(value.isEmpty() ? "" : "`" + value + "` ")
                    .append(
                            "| %s %s%s |\n"
                                    .formatted(key.doc(), sentence(key.values()), restart(key)));
        }
    }

    private static void row(Key key, StringBuilder out) {
        out.append("| `%s`<br>`%s` ".formatted(key.path(), Environment.variable(key)));
        out.append("| ").append(defaultOf(key)).append(' ');
        out.append("| %s %s%s |\n".formatted(key.doc(), sentence(key.values()), restart(key)));
    }

    private static String restart(Key key) {
        return key.needsRestart() ? " **Restart.**" : "";
    }

    private static String defaultOf(Key key) {
        Object value = ServerConfig.schema().value(ServerConfig.defaults(), key);
        if (value instanceof List<?> list) {
            return list.stream().map(item -> "`" + item + "`").collect(Collectors.joining("<br>"));
        }
        return "`" + key.type().format(value) + "`";
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}
