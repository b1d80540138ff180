package dev.pounce.config;

/** Bounds on what a peer may send; sizes in bytes. */
public record LimitsConfig(
        @Setting(
                        value =
                                "Size of a request's head, its first line included; more is"
                                        + " answered with 431.",
                        min = "256",
                        max = "16MiB",
                        bytes = true)
                int head,
        @Setting(
                        value =
                                "Size of a request's first line; more is answered with 414. At"
                                        + " most `limits.head`.",
                        min = "64",
                        max = "16MiB",
                        bytes = true)
                int requestLine,
        @Setting(
                        value = "Fields in a request's head; more are answered with 431.",
                        min = "1",
                        max = "10000")
                int fields,
        @Setting(
                        value =
                                "Size of a request's body; more is answered with 413. 0 is no"
                                        + " limit.",
                        min = "0",
                        bytes = true,
                        app = Setting.App.ANY)
                long body,
        @Setting(
                        value =
                                "How much of a body that the application left unread is read"
                                        + " and dropped to keep the connection; with more"
                                        + " to come it is closed. A connection that closes"
                                        + " drops as much before, so that its answer arrives.",
                        min = "0",
                        bytes = true,
                        app = Setting.App.ANY)
                long maxSwallow,
        @Setting(
                        value =
                                "Bytes a second with which a request's body must come, on"
                                        + " average, while it is waited for; `timeouts.body`"
                                        + " comes on top. 0 is no such limit.",
                        min = "0",
                        max = "1GiB",
                        bytes = true,
                        app = Setting.App.ANY)
                int bodyRate,
        @Setting(
                        value =
                                "Memory for what connections have sent or not taken: unfinished"
                                        + " heads, bodies for fused handlers, answers given in"
                                        + " place; each worker has its part. A connection that"
                                        + " needs more is answered with 503, or reset.",
                        min = "1MiB",
                        max = "1TiB",
                        bytes = true)
                long held,
        @Setting(
                        value =
                                "Connections open at a time; each worker has its part. A new"
                                        + " one beyond it has the one closed that waited for its"
                                        + " next request for the longest time; if none waits it is"
                                        + " answered with 503.",
                        min = "1",
                        max = "10000000")
                int connections,
        @Setting(
                        value =
                                "Size of a form whose fields a servlet asks for as parameters, and"
                                        + " of all parts together that are fields of a form; more"
                                        + " is answered with 413.",
                        min = "0",
                        max = "1GiB",
                        bytes = true,
                        restart = true,
                        app = Setting.App.ANY)
                int form,
        @Setting(
                        value =
                                "Parameters of a request's query and form together; more are"
                                        + " answered with 413.",
                        min = "0",
                        max = "10000000",
                        restart = true,
                        app = Setting.App.ANY)
                int parameters,
        @Setting(
                        value =
                                "Parts of a request of multipart/form-data, whatever its servlet"
                                        + " allows; more are answered with 413.",
                        min = "0",
                        max = "10000000",
                        restart = true,
                        app = Setting.App.ANY)
                int parts,
        @Setting(
                        value = "Size of the fields of one such part.",
                        min = "64",
                        max = "1MiB",
                        bytes = true,
                        restart = true,
                        app = Setting.App.ANY)
                int partHead) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public LimitsConfig {
        ServerConfig.schema()
                .check(
                        LimitsConfig.class,
                        head,
                        requestLine,
                        fields,
                        body,
                        maxSwallow,
                        bodyRate,
                        held,
                        connections,
                        form,
                        parameters,
                        parts,
                        partHead);
        if (requestLine > head) {
            throw new ConfigException(
                    "limits.request_line",
                    requestLine + " is more than limits.head, which is " + head);
        }
    }
}
