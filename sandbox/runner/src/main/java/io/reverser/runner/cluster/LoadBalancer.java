package io.reverser.runner.cluster;

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
 * An HTTP load balancer, which forwards each request to the next ready pod and appends the client's address to
 * X-Forwarded-For. It never sends a request twice; the JDK's HTTP client would, because that client retries GET
 * requests.
 */
final class LoadBalancer implements AutoCloseable {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(1);
    /** The idle timeout that is the default of AWS's load balancers. */
    private static final Timeout IDLE_TIMEOUT = Timeout.ofSeconds(60);

    private static final int MAX_CONNECTIONS = 500;
    private static final HttpProcessor UPSTREAM_PROCESSOR = HttpProcessorBuilder.create()
            .addAll(new RequestContent(true), new RequestConnControl())
            .build();
    private static final HttpProcessor DOWNSTREAM_PROCESSOR = HttpProcessorBuilder.create()
            .addAll(new ResponseContent(true), new ResponseConnControl())
            .build();

    private final Supplier<List<URI>> readyPods;
    private final Timeout idleTimeout;
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<Integer, LongAdder> successesByPort = new ConcurrentHashMap<>();
    private final HttpRequester requester;
    private final HttpServer server;

    private LoadBalancer(int port, Supplier<List<URI>> readyPods, Timeout idleTimeout) {
        // SO_REUSEADDR, so that the next start of the sandbox can use the port at once.
        var sockets = SocketConfig.custom()
                .setSoTimeout(idleTimeout)
                .setSoReuseAddress(true)
                .build();
        this.readyPods = readyPods;
        this.idleTimeout = idleTimeout;
        this.requester = RequesterBootstrap.bootstrap()
                .setHttpProcessor(UPSTREAM_PROCESSOR)
                .setSocketConfig(sockets)
                .setDefaultMaxPerRoute(MAX_CONNECTIONS)
                .setMaxTotal(MAX_CONNECTIONS)
                .create();
        this.server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setListenerPort(port)
                .setHttpProcessor(DOWNSTREAM_PROCESSOR)
                .setSocketConfig(sockets)
                .setConnectionFactory(AbortingServerConnection::of)
                .setRequestRouter((any, context) -> this::serve)
                .create();
    }

    /**
     * Starts a load balancer on loopback.
     *
     * @param port 0 for any free port
     * @param readyPods the addresses of the ready pods, called for each request
     */
    static LoadBalancer start(int port, Supplier<List<URI>> readyPods) {
        return start(port, readyPods, IDLE_TIMEOUT);
    }

    /** Starts a load balancer with a custom timeout, both for a pod's response and for idle connections. */
    static LoadBalancer start(int port, Supplier<List<URI>> readyPods, Timeout idleTimeout) {
        try {
            var loadBalancer = new LoadBalancer(port, readyPods, idleTimeout);
            loadBalancer.server.start();
            return loadBalancer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** The number of requests that the pod at this port answered with 200. */
    long successfulRequests(int pod) {
        return successesByPort.getOrDefault(pod, new LongAdder()).sum();
    }

    /** Aborts the requests in flight, because the pods stop too. */
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
            Optional<ClassicHttpResponse> upstreamResponse = forward(request, caller);
            if (upstreamResponse.isPresent()) {
                copyResponse(request, upstreamResponse.get(), response);
            } else {
                sendError(response, HttpStatus.SC_SERVICE_UNAVAILABLE, "No pod is ready.");
            }
        } catch (SocketTimeoutException silent) {
            sendError(response, HttpStatus.SC_GATEWAY_TIMEOUT, "The pod did not respond in time.");
        } catch (IOException | HttpException cut) {
            sendError(response, HttpStatus.SC_BAD_GATEWAY, "The pod did not respond.");
        }
    }

    /**
     * Returns a pod's response to a request. If a pod refuses the connection, tries the next pod, because the request
     * was not sent yet.
     */
    private Optional<ClassicHttpResponse> forward(ClassicHttpRequest request, String caller)
            throws HttpException, IOException {
        // Closes idle connections before the pods close them, because a request on a closing connection would fail.
        // This also closes the connections to terminated pods.
        requester.closeIdle(idleTimeout);
        for (URI pod : roundRobin()) {
            try {
                var host = new HttpHost(pod.getScheme(), pod.getHost(), pod.getPort());
                ClassicHttpResponse upstreamResponse =
                        requester.execute(host, copy(request, caller), CONNECT_TIMEOUT, HttpCoreContext.create());
                if (upstreamResponse.getCode() == HttpStatus.SC_OK) {
                    successesByPort
                            .computeIfAbsent(pod.getPort(), none -> new LongAdder())
                            .increment();
                }
                return Optional.of(upstreamResponse);
            } catch (ConnectException gone) {
                // The pod has terminated since its last readiness probe.
            }
        }
        return Optional.empty();
    }

    private List<URI> roundRobin() {
        var pods = new ArrayList<>(readyPods.get());
        Collections.rotate(pods, -requests.getAndIncrement());
        return pods;
    }

    private static ClassicHttpRequest copy(ClassicHttpRequest request, String caller) {
        var copy = new BasicClassicHttpRequest(request.getMethod(), request.getPath());
        copyHeaders(request, copy);
        for (Header host : request.getHeaders(HttpHeaders.HOST)) {
            copy.addHeader(host);
        }
        // The load balancer has already sent 100 Continue to the client.
        copy.removeHeaders(HttpHeaders.EXPECT);
        copy.removeHeaders(FORWARDED_FOR);
        copy.addHeader(
                FORWARDED_FOR,
                Stream.concat(Arrays.stream(request.getHeaders(FORWARDED_FOR)).map(Header::getValue), Stream.of(caller))
                        .collect(Collectors.joining(", ")));
        // A TRACE request has no body (RFC 9110, 9.3.8), and the HTTP client refuses to send one, even an empty one.
        if (!Method.TRACE.isSame(request.getMethod())) {
            copy.setEntity(request.getEntity());
        }
        return copy;
    }

    private static void copyResponse(
            ClassicHttpRequest request, ClassicHttpResponse upstreamResponse, ClassicHttpResponse response)
            throws IOException {
        response.setCode(upstreamResponse.getCode());
        response.setReasonPhrase(upstreamResponse.getReasonPhrase());
        copyHeaders(upstreamResponse, response);
        response.setEntity(
                Method.HEAD.isSame(request.getMethod()) ? headEntity(upstreamResponse) : copyEntity(upstreamResponse));
    }

    /** An empty body, with the Content-Length that a GET would have. */
    private static HttpEntity headEntity(ClassicHttpResponse upstreamResponse) {
        Header length = upstreamResponse.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
        return new BasicHttpEntity(
                InputStream.nullInputStream(), length == null ? -1 : Long.parseLong(length.getValue()), null);
    }

    /**
     * Copies the body of a response into a new entity, because the original entity hides that a response was truncated.
     */
    private static @Nullable HttpEntity copyEntity(ClassicHttpResponse upstreamResponse) throws IOException {
        HttpEntity entity = upstreamResponse.getEntity();
        return entity == null
                ? null
                : new BasicHttpEntity(entity.getContent(), entity.getContentLength(), null, null, entity.isChunked());
    }

    /** Copies all headers except the hop-by-hop headers. */
    private static void copyHeaders(HttpMessage from, HttpMessage to) {
        Set<String> hopByHopHeaders = MessageSupport.hopByHopConnectionSpecific(from);
        for (Header header : from.getHeaders()) {
            if (!hopByHopHeaders.contains(header.getName())) {
                to.addHeader(header);
            }
        }
    }

    private static void sendError(ClassicHttpResponse response, int status, String reason) {
        response.setCode(status);
        response.setEntity(new StringEntity(reason + "\n"));
    }
}
