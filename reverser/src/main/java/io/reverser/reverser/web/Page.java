package io.reverser.reverser.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import io.reverser.reverser.address.Scope;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The HTML page with the caller's address; its text is in {@code templates/page.html}. */
@TemplateExtension
final class Page {

    private static final DateTimeFormatter TO_THE_MINUTE =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

    private Page() {}

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance page(
                AddressResponse response, String kind, String retention, @Nullable HostAndPort host);
    }

    /**
     * Renders the page.
     *
     * @param retention how long visits are stored
     * @param host the host in the request, for the example on the page; null if it is not a valid host
     */
    static TemplateInstance of(AddressResponse response, Duration retention, @Nullable HostAndPort host) {
        return Templates.page(response, kind(response.scope()), text(retention), host);
    }

    private static String text(Duration retention) {
        return retention.compareTo(Duration.ofDays(2)) < 0
                ? retention.toHours() + " hours"
                : retention.toDays() + " days";
    }

    static String utc(Instant instant) {
        return TO_THE_MINUTE.format(instant.atOffset(ZoneOffset.UTC));
    }

    /**
     * Allows a line break after each part of an address. Addresses contain no character that HTML requires to escape.
     */
    static RawString breakable(String address) {
        return new RawString(address.replaceAll("[.:]+", "$0<wbr>"));
    }

    private static String kind(Scope scope) {
        return switch (scope) {
            case PUBLIC -> "public";
            case PRIVATE -> "private: you came from inside the network";
            case SHARED -> "shared: your provider translates it";
            case LOOPBACK -> "loopback: you are on the server's own machine";
            case LINK_LOCAL -> "link-local: you are on the server's own network link";
            case DOCUMENTATION -> "reserved for documentation";
            case MULTICAST -> "multicast, which cannot be the address of a caller";
            case RESERVED -> "reserved, which cannot be the address of a caller";
        };
    }
}
