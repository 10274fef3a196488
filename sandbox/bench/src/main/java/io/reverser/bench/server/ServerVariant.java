package io.reverser.bench.server;

/** What is compared. */
public enum ServerVariant {
    REVERSER("Reverser"),
    SMALL("Reverser, small setting"),
    FAST_JAR("Reverser as plain fast-jar"),
    RAW_VERTX("Raw Vert.x handler"),
    FLASK("Flask + gunicorn");

    /** How the report calls it. */
    public final String title;

    ServerVariant(String title) {
        this.title = title;
    }
}
