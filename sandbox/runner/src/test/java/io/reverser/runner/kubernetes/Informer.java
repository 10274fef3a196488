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

/** All objects of a kind as they are now: listed, then watched, as Kubernetes' own controllers do. */
final class Informer implements AutoCloseable {

    private final ApiServer api;
    private final String path;
    private final Consumer<JsonNode> onChange;
    private final Map<String, JsonNode> objects = new ConcurrentHashMap<>();
    private final Thread thread;
    private String resourceVersion = "";
    private volatile boolean closed;

    private Informer(ApiServer api, String path, Consumer<JsonNode> onChange) {
        this.api = api;
        this.path = path;
        this.onChange = onChange;
        this.thread = Thread.ofPlatform().daemon().name("watch " + path).unstarted(this::run);
    }

    /**
     * Starts to watch. The objects of now are there when this returns, and the listener has heard of each.
     *
     * @param onChange hears of each object that is new or changed, one at a time
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

    /** The server ends each watch after a while; what happened in between is in the next list. */
    private void run() {
        try {
            while (!closed) {
                try {
                    api.watch(path, resourceVersion, this::handle);
                    list();
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

    private void list() {
        JsonNode list = api.get(path);
        resourceVersion = list.at("/metadata/resourceVersion").asText();
        var listed = new HashMap<String, JsonNode>();
        list.path("items").forEach(item -> listed.put(name(item), item));
        objects.keySet().retainAll(listed.keySet());
        objects.putAll(listed);
        list.path("items").forEach(onChange);
    }

    private void handle(JsonNode event) {
        JsonNode object = event.path("object");
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" -> {
                objects.put(name(object), object);
                onChange.accept(object);
            }
            case "DELETED" -> objects.remove(name(object));
            default -> throw new UncheckedIOException(new IOException("The watch ended: " + object));
        }
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }
}
