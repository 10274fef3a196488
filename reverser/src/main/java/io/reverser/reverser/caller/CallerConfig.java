package io.reverser.reverser.caller;

import io.reverser.reverser.address.Cidr;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Whom to believe about the caller's address. */
@ConfigMapping(prefix = "reverser.caller")
public interface CallerConfig {

    /**
     * The address ranges of our own proxies. Too narrow, and every caller looks like the load balancer; too wide, and
     * any client inside the range can claim any address.
     */
    @WithDefault("127.0.0.0/8,::1/128,10.0.0.0/8")
    List<@WithConverter(CidrConverter.class) Cidr> trustedProxies();

    /** The header that these proxies append to. Any other can be forged and is not read. */
    @WithDefault("x-forwarded-for")
    ForwardingHeader header();
}
