@NullMarked
package io.reverser.bench.account;

import org.jspecify.annotations.NullMarked;
