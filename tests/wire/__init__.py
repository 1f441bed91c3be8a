"""Tests that speak real HTTP and real websockets, and the loopback Discord they speak to."""
