/** IP addresses: parsing, text, reverse and ranges. Pure functions; uses no other package. */
@NullMarked
package io.reverser.reverser.address;

import org.jspecify.annotations.NullMarked;
