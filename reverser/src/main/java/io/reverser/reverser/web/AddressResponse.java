package io.reverser.reverser.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.reverser.reverser.address.IpAddress;
import io.reverser.reverser.address.Ipv6Network;
import io.reverser.reverser.address.Scope;
import io.reverser.reverser.visits.CallerVisits;
import io.reverser.reverser.visits.Visits;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The response about the caller's own address. */
@Schema(description = "The caller's address, its reverse, and the caller's visits")
record AddressResponse(
        @Schema(description = "Canonical text, RFC 5952 for IPv6", examples = "203.0.113.7")
        String ip,

        @Schema(description = "IPv4 by octets, IPv6 by its eight groups", examples = "7.113.0.203")
        String reversed,

        @Schema(description = "4 or 6", examples = "4") int version,

        @Schema(description = "The name of the pointer record", examples = "7.113.0.203.in-addr.arpa")
        String arpa,

        @Schema(
                description = "public, or the name of the special-purpose range",
                type = SchemaType.STRING,
                enumeration = {
                    "public",
                    "private",
                    "shared",
                    "loopback",
                    "link_local",
                    "documentation",
                    "multicast",
                    "reserved"
                })
        @JsonSerialize(using = ToStringSerializer.class)
        Scope scope,

        @Schema(
                description = "null while the database is unavailable, and for scripts of other origins",
                nullable = true)
        @Nullable
        VisitSummary visits) {

    /** The visits of this caller, including the current visit. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VisitSummary(
            long count,
            Instant firstSeen,
            Instant lastSeen,

            @Schema(
                    description = "The network whose visits these are; absent if they are those of the address",
                    examples = "2001:db8::/64")
            @Nullable
            String network) {

        static VisitSummary of(CallerVisits caller) {
            Visits visits = caller.visits();
            return new VisitSummary(
                    visits.count(),
                    visits.firstSeen(),
                    visits.lastSeen(),
                    caller.network().map(Ipv6Network::toString).orElse(null));
        }
    }

    static AddressResponse of(IpAddress caller, Optional<CallerVisits> visits) {
        return new AddressResponse(
                caller.toString(),
                caller.reversed().toString(),
                caller.version(),
                caller.arpa(),
                Scope.of(caller),
                visits.map(VisitSummary::of).orElse(null));
    }
}
