/**
 * Who has been here before: counted in memory, written to MySQL behind the requests. It uses {@code address} and {@code
 * database}.
 */
@NullMarked
package io.reverser.reverser.visits;

import org.jspecify.annotations.NullMarked;
