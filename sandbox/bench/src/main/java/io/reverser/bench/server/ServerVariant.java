package io.reverser.bench.server;

/** The compared servers. */
public enum ServerVariant {
    REVERSER("Reverser"),
    SMALL("Reverser, small setting"),
    FAST_JAR("Reverser as plain fast-jar"),
    RAW_VERTX("Raw Vert.x handler"),
    FLASK("Flask + gunicorn");

    /** The name in the report. */
    public final String title;

    ServerVariant(String title) {
        this.title = title;
    }
}
