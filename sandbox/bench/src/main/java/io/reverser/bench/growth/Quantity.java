package io.reverser.bench.growth;

/** What the bench measures at each point of a series. */
enum Quantity {
    REQUESTS("Requests/s"),
    CPU("CPU µs/request"),
    P99("p99 ms"),
    MEMORY("Memory MB"),
    DATABASE_CPU("Database CPU µs/request"),
    DATABASE_CPU_PER_ROW("Database CPU µs/row"),
    ROWS("Rows/s"),
    FLUSH("Flush ms"),
    DROPPED("Dropped visits %");

    /** The title in tables and charts, with the unit. */
    final String title;

    Quantity(String title) {
        this.title = title;
    }
}
