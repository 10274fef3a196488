package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A cache of all objects of a kind. It lists the objects and then watches them, as the controllers of Kubernetes do.
 */
final class Informer implements AutoCloseable {

    private final ApiServer api;
    private final String path;
    private final Consumer<JsonNode> onChange;
    private final Map<String, JsonNode> objects = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    private Informer(ApiServer api, String path, Consumer<JsonNode> onChange) {
        this.api = api;
        this.path = path;
        this.onChange = onChange;
        this.thread = Thread.ofPlatform().daemon().name("watch " + path).unstarted(this::run);
    }

    /**
     * Starts to watch the objects at a path. When this method returns, the cache is filled, and the listener was called
     * for each object.
     *
     * @param onChange called for each new or changed object, one at a time, and again for all objects after each list
     *     request
     */
    static Informer start(ApiServer api, String path, Consumer<JsonNode> onChange) {
        var informer = new Informer(api, path, onChange);
        informer.list();
        informer.thread.start();
        return informer;
    }

    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    List<JsonNode> all() {
        return List.copyOf(objects.values());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /**
     * Watches the objects until the informer is closed. Lists them again before each watch request, because the server
     * may have compacted the changes since the last watch (410 Gone).
     */
    private void run() {
        try {
            while (!closed) {
                try {
                    String resourceVersion = list();
                    api.watch(path, resourceVersion, this::handle);
                } catch (IOException | UncheckedIOException cut) {
                    Thread.sleep(100);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            if (!closed) {
                throw failure;
            }
        }
    }

    /** Lists all objects, updates the cache, and returns the resource version of the list. */
    private String list() {
        JsonNode list = api.get(path);
        var listed = new HashMap<String, JsonNode>();
        list.path("items").forEach(item -> listed.put(name(item), item));
        objects.keySet().retainAll(listed.keySet());
        objects.putAll(listed);
        list.path("items").forEach(onChange);
        return list.at("/metadata/resourceVersion").asText();
    }

    private void handle(JsonNode event) {
        JsonNode object = event.path("object");
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> {
                objects.put(name(object), object);
                onChange.accept(object);
            }
            case "DELETED" -> objects.remove(name(object));
            default -> throw new UncheckedIOException(new IOException("The server ended the watch: " + object));
        }
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
