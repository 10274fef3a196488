/** What functions share at run time: the clock, CloudWatch metrics, SHA-256. */
@NullMarked
package io.reverser.runtime;

import org.jspecify.annotations.NullMarked;
