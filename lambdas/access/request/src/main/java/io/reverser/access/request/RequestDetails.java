package io.reverser.access.request;

import io.reverser.access.policy.RequestedAccess;
import java.time.Instant;

/** The details of a request: who requested which access, and when. */
public record RequestDetails(RequestId id, RequestedAccess access, Instant requestedAt) {}
