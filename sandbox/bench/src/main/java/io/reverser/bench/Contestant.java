package io.reverser.bench;

/** What is compared. */
enum Contestant {
    REVERSER("Reverser"),
    SMALL("Reverser, small setting"),
    FAST_JAR("Reverser as plain fast-jar"),
    RAW_VERTX("Raw Vert.x handler"),
    FLASK("Flask + gunicorn");

    /** How the report calls it. */
    final String title;

    Contestant(String title) {
        this.title = title;
    }
}
