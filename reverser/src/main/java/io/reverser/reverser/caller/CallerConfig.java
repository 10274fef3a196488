package io.reverser.reverser.caller;

import io.reverser.reverser.address.Cidr;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Which proxies to trust for the caller's address. */
@ConfigMapping(prefix = "reverser.caller")
public interface CallerConfig {

    /**
     * The address ranges of the trusted proxies. If they are too narrow, every caller appears as the load balancer; if
     * they are too wide, any client inside these ranges can claim any address.
     */
    @WithDefault("127.0.0.0/8,::1/128,10.0.0.0/8")
    List<@WithConverter(CidrConverter.class) Cidr> trustedProxies();

    /** The header that the trusted proxies append to. No other header is read, because any client can forge it. */
    @WithDefault("x-forwarded-for")
    ForwardingHeader header();

    /**
     * The number of proxies whose addresses are unknown, between the callers and the trusted proxies, like the edge of
     * a CDN. The trusted proxies must accept requests from these proxies only; otherwise, any client can claim any
     * address.
     */
    @WithDefault("0")
    int edgeProxies();
}
