package io.reverser.reverser.caller;

import io.reverser.reverser.address.IpAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Finds the address of the caller who sent an HTTP request. */
@Singleton
public class CallerResolver {

    private final ProxyChain proxies;

    CallerResolver(CallerConfig config) {
        proxies = new ProxyChain(config.trustedProxies(), config.header(), config.edgeProxies());
    }

    public IpAddress resolve(HttpServerRequest request) {
        // request.remoteAddress() returns the same address, but the router first parses the Host header.
        String peer = request.connection().remoteAddress().hostAddress();
        return proxies.caller(
                IpAddress.parse(peer)
                        .orElseThrow(() -> new IllegalStateException("The connection has no peer address: " + peer)),
                request.headers().getAll(proxies.header().headerName()));
    }
}
