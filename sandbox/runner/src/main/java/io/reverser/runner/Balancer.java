package io.reverser.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.bootstrap.HttpRequester;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.RequesterBootstrap;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.BasicHttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One address for callers, as a load balancer has it: every request goes to the next pod that is ready, and says who called.
 * No request is sent twice, which is why this is not made with the JDK's client: that repeats a GET by itself.
 */
final class Balancer implements AutoCloseable {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final Timeout CONNECT = Timeout.ofSeconds(1);
    /** As AWS's. */
    private static final Timeout IDLE = Timeout.ofSeconds(60);

    private static final int CONNECTIONS = 500;
    private static final HttpProcessor TO_PODS = HttpProcessorBuilder.create()
            .addAll(new RequestContent(true), new RequestConnControl())
            .build();
    private static final HttpProcessor TO_CALLERS = HttpProcessorBuilder.create()
            .addAll(new ResponseContent(true), new ResponseConnControl())
            .build();

    private final Supplier<List<URI>> ready;
    private final Timeout idle;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<Integer, LongAdder> answered = new ConcurrentHashMap<>();
    private final HttpRequester requester;
    private final HttpServer server;

    private Balancer(int port, Supplier<List<URI>> ready, Timeout idle) {
        // The port can be used again at once.
        var sockets =
                SocketConfig.custom().setSoTimeout(idle).setSoReuseAddress(true).build();
        this.ready = ready;
        this.idle = idle;
        this.requester = RequesterBootstrap.bootstrap()
                .setHttpProcessor(TO_PODS)
                .setSocketConfig(sockets)
                .setDefaultMaxPerRoute(CONNECTIONS)
                .setMaxTotal(CONNECTIONS)
                .create();
        this.server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setListenerPort(port)
                .setHttpProcessor(TO_CALLERS)
                .setSocketConfig(sockets)
                .setConnectionFactory(CallerConnection::of)
                .setRequestRouter((any, context) -> this::serve)
                .create();
    }

    /**
     * Starts it on loopback.
     *
     * @param port 0 for any that is free
     * @param ready where the pods are that take requests, asked for each
     */
    static Balancer start(int port, Supplier<List<URI>> ready) {
        return start(port, ready, IDLE);
    }

    /** One that waits as long as that for an answer, and keeps a connection as long that nobody uses. */
    static Balancer start(int port, Supplier<List<URI>> ready, Timeout idle) {
        try {
            var balancer = new Balancer(port, ready, idle);
            balancer.server.start();
            return balancer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many requests the pod at this port has answered well. */
    long answered(int pod) {
        return answered.getOrDefault(pod, new LongAdder()).sum();
    }

    /** Cuts what is under way: whoever closes it has no callers any more. */
    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
        requester.close(CloseMode.IMMEDIATE);
    }

    private void serve(ClassicHttpRequest request, ClassicHttpResponse response, HttpContext context)
            throws HttpException, IOException {
        String caller = ((InetSocketAddress)
                        HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress())
                .getAddress()
                .getHostAddress();
        try {
            Optional<ClassicHttpResponse> answer = forward(request, caller);
            if (answer.isPresent()) {
                pass(request, answer.get(), response);
            } else {
                refuse(response, HttpStatus.SC_SERVICE_UNAVAILABLE, "No pod is ready.");
            }
        } catch (SocketTimeoutException silent) {
            refuse(response, HttpStatus.SC_GATEWAY_TIMEOUT, "The pod did not answer in time.");
        } catch (IOException | HttpException cut) {
            refuse(response, HttpStatus.SC_BAD_GATEWAY, "The pod did not answer.");
        }
    }

    /** What the next pod answers; one that cannot be reached was sent nothing, so another one may be. */
    private Optional<ClassicHttpResponse> forward(ClassicHttpRequest request, String caller)
            throws HttpException, IOException {
        // Before the pod closes them, which would look like a request that it did not answer; and those of pods that
        // are no more.
        requester.closeIdle(idle);
        for (URI pod : inTurn()) {
            try {
                var host = new HttpHost(pod.getScheme(), pod.getHost(), pod.getPort());
                ClassicHttpResponse answer =
                        requester.execute(host, copy(request, caller), CONNECT, HttpCoreContext.create());
                if (answer.getCode() == HttpStatus.SC_OK) {
                    answered.computeIfAbsent(pod.getPort(), none -> new LongAdder())
                            .increment();
                }
                return Optional.of(answer);
            } catch (ConnectException gone) {
                // It has ended, and nobody noticed yet.
            }
        }
        return Optional.empty();
    }

    private List<URI> inTurn() {
        var pods = new ArrayList<>(ready.get());
        Collections.rotate(pods, -requests.getAndIncrement());
        return pods;
    }

    private static ClassicHttpRequest copy(ClassicHttpRequest request, String caller) {
        var copy = new BasicClassicHttpRequest(request.getMethod(), request.getPath());
        copyHeaders(request, copy);
        for (Header host : request.getHeaders(HttpHeaders.HOST)) {
            copy.addHeader(host);
        }
        // The server has said that it wants the body already.
        copy.removeHeaders(HttpHeaders.EXPECT);
        copy.removeHeaders(FORWARDED_FOR);
        copy.addHeader(
                FORWARDED_FOR,
                Stream.concat(Arrays.stream(request.getHeaders(FORWARDED_FOR)).map(Header::getValue), Stream.of(caller))
                        .collect(Collectors.joining(", ")));
        copy.setEntity(request.getEntity());
        return copy;
    }

    private static void pass(ClassicHttpRequest request, ClassicHttpResponse answer, ClassicHttpResponse response)
            throws IOException {
        response.setCode(answer.getCode());
        response.setReasonPhrase(answer.getReasonPhrase());
        copyHeaders(answer, response);
        response.setEntity(Method.HEAD.isSame(request.getMethod()) ? announced(answer) : body(answer));
    }

    /** What a HEAD would have got with a GET. */
    private static HttpEntity announced(ClassicHttpResponse answer) {
        Header length = answer.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
        return new BasicHttpEntity(
                InputStream.nullInputStream(), length == null ? -1 : Long.parseLong(length.getValue()), null);
    }

    /** Not the entity itself, which keeps to itself that the pod cut its answer. */
    private static @Nullable HttpEntity body(ClassicHttpResponse answer) throws IOException {
        HttpEntity entity = answer.getEntity();
        return entity == null
                ? null
                : new BasicHttpEntity(entity.getContent(), entity.getContentLength(), null, null, entity.isChunked());
    }

    /** All but those that are about a connection. */
    private static void copyHeaders(HttpMessage from, HttpMessage to) {
        Set<String> ofConnection = MessageSupport.hopByHopConnectionSpecific(from);
        for (Header header : from.getHeaders()) {
            if (!ofConnection.contains(header.getName())) {
                to.addHeader(header);
            }
        }
    }

    private static void refuse(ClassicHttpResponse response, int status, String why) {
        response.setCode(status);
        response.setEntity(new StringEntity(why + "\n"));
    }
}
