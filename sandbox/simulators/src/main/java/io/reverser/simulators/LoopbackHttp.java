package io.reverser.simulators;

import java.net.http.HttpClient;

/** HTTP to this machine: always direct, whatever proxy the JVM's properties name. */
public final class LoopbackHttp {

    private LoopbackHttp() {}

    public static HttpClient.Builder newBuilder() {
        return HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY);
    }

    public static HttpClient newClient() {
        return newBuilder().build();
    }
}
