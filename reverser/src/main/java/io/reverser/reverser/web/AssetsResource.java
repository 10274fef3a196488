package io.reverser.reverser.web;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The page's static files, which are the same for every caller and may be cached for an hour. They are served from
 * memory; Quarkus itself would first copy them to disk, and the file system is read-only.
 */
@Path("/assets")
@NonBlocking
public class AssetsResource {

    private final Map<String, RestResponse<byte[]>> assets = Map.of(
            "page.css", asset("page.css", "text/css;charset=UTF-8"),
            "page.js", asset("page.js", "text/javascript;charset=UTF-8"),
            "favicon.svg", asset("favicon.svg", "image/svg+xml"));

    @GET
    @Path("{name}")
    @Operation(hidden = true)
    public RestResponse<byte[]> asset(String name, @Context HttpServerRequest request) {
        RestResponse<byte[]> asset = assets.get(name);
        if (asset == null) {
            throw new NotFoundException();
        }
        // Replaces the value of ResponseHeadersFilter; a header of the RestResponse would be a second line.
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "max-age=3600");
        return asset;
    }

    private static RestResponse<byte[]> asset(String name, String type) {
        try (InputStream file = AssetsResource.class.getResourceAsStream("/assets/" + name)) {
            if (file == null) {
                throw new IllegalStateException("Not packaged: /assets/" + name);
            }
            return RestResponse.ResponseBuilder.ok(file.readAllBytes(), type).build();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
