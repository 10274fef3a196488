package io.reverser.simulators.aws.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.reverser.simulators.aws.api.AwsError;
import io.reverser.simulators.aws.api.AwsRequest;
import io.reverser.simulators.aws.api.SimulatedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;

/**
 * The HTTP protocol of AWS's APIs: finds the operation, reads and writes JSON or CBOR, and puts the simulated time into
 * every response.
 */
final class AwsHttp {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new CBORMapper();
    private static final ContentType CBOR_TYPE = ContentType.create("application/cbor");
    private static final ContentType JSON_TYPE = ContentType.create("application/json");

    private AwsHttp() {}

    /** Handles an HTTP request. An exception closes the connection without a response. */
    interface Handler {

        void handle(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException;
    }

    /**
     * Starts an HTTP server on a free loopback port. The JDK's HTTP server is not used, because it puts the machine's
     * time into every response instead of the simulated time.
     */
    static HttpServer createServer(InstantSource clock, Handler handler) {
        HttpResponseInterceptor date =
                (response, entity, context) -> response.setHeader(HttpHeaders.DATE, DATE.format(clock.instant()));
        return ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setHttpProcessor(HttpProcessorBuilder.create()
                        .addAll(new ResponseContent(), new ResponseConnControl(), date)
                        .build())
                .setRequestRouter((any, context) -> (request, response, inner) -> handler.handle(request, response))
                .create();
    }

    static Optional<String> header(ClassicHttpRequest request, String name) {
        return Optional.ofNullable(request.getFirstHeader(name)).map(Header::getValue);
    }

    static AwsRequest parseRequest(ClassicHttpRequest request, SimulatedApi api, String accessKeyId)
            throws IOException {
        String[] target = request.getPath().split("\\?", 2);
        List<String> path = Arrays.stream(target[0].substring(1).split("/", -1))
                .map(AwsHttp::decode)
                .toList();
        String operation = header(request, "X-Amz-Target")
                .map(name -> name.substring(name.indexOf('.') + 1))
                .orElseGet(() -> api.resolveOperation(request.getMethod(), path));
        return new AwsRequest(
                operation, path, parseQuery(target.length > 1 ? target[1] : ""), readBody(request), accessKeyId);
    }

    static void sendError(ClassicHttpRequest request, ClassicHttpResponse response, AwsError error) throws IOException {
        response.setHeader("x-amzn-ErrorType", error.code());
        sendResponse(request, response, error.body());
        response.setCode(error.status());
    }

    static void sendResponse(ClassicHttpRequest request, ClassicHttpResponse response, JsonNode body)
            throws IOException {
        if (isCbor(request)) {
            response.setHeader("smithy-protocol", "rpc-v2-cbor");
        }
        ContentType type = isCbor(request) ? CBOR_TYPE : JSON_TYPE;
        response.setEntity(new ByteArrayEntity(mapper(request).writeValueAsBytes(body), type));
    }

    private static JsonNode readBody(ClassicHttpRequest request) throws IOException {
        HttpEntity entity = request.getEntity();
        byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
        return body.length == 0 ? MissingNode.getInstance() : mapper(request).readTree(body);
    }

    private static Map<String, List<String>> parseQuery(String text) {
        var query = new HashMap<String, List<String>>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.computeIfAbsent(decode(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether the request is in CBOR, which newer SDK clients use for some services. */
    private static boolean isCbor(ClassicHttpRequest request) {
        return header(request, HttpHeaders.CONTENT_TYPE)
                        .filter(CBOR_TYPE.getMimeType()::equals)
                        .isPresent()
                || request.containsHeader("smithy-protocol");
    }

    private static ObjectMapper mapper(ClassicHttpRequest request) {
        return isCbor(request) ? CBOR : JSON;
    }
}
