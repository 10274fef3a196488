package io.reverser.bench.server;

/** The servers that the bench compares. */
public enum ServerVariant {
    REVERSER("Reverser"),
    SMALL("Reverser, small setting"),
    FAST_JAR("Reverser as plain fast-jar"),
    RAW_VERTX("Raw Vert.x handler"),
    GO("Go net/http server"),
    FLASK("Flask + gunicorn");

    /** The server's name in the report. */
    public final String title;

    ServerVariant(String title) {
        this.title = title;
    }
}
