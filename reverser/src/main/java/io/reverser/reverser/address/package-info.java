/** IP addresses: their text, their reverse, and the ranges they lie in. Pure: it uses no other package. */
@NullMarked
package io.reverser.reverser.address;

import org.jspecify.annotations.NullMarked;
