package io.reverser.bench.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The minimal Slack function in Java, for comparison: it verifies the request's signature and acknowledges the request.
 * It uses no framework and no library, so it computes the HMAC itself.
 */
public final class BaselineHandler implements RequestStreamHandler {

    private final byte[] secret = System.getenv("BASELINE_SIGNING_SECRET").getBytes(StandardCharsets.UTF_8);

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        byte[] expected = sign(
                jsonValue(event, "x-slack-request-timestamp"),
                Base64.getDecoder().decode(jsonValue(event, "body")));
        byte[] found = jsonValue(event, "x-slack-signature").getBytes(StandardCharsets.US_ASCII);
        String answer = MessageDigest.isEqual(expected, found)
                ? "{\"statusCode\":200,\"body\":\"{\\\"text\\\":\\\"signed\\\"}\"}"
                : "{\"statusCode\":401}";
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Finds a value by string search instead of with a JSON parser, which is sufficient because no value in the bench's
     * events contains a quotation mark.
     */
    private static String jsonValue(String event, String name) {
        String before = '"' + name + "\":\"";
        int begin = event.indexOf(before) + before.length();
        return event.substring(begin, event.indexOf('"', begin));
    }

    private byte[] sign(String time, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(("v0:" + time + ":").getBytes(StandardCharsets.US_ASCII));
            return ("v0=" + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
