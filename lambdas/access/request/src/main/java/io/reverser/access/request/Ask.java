package io.reverser.access.request;

import io.reverser.access.policy.Wish;
import java.time.Instant;

/** Who wished for what, when. */
public record Ask(RequestId id, Wish wish, Instant at) {}
