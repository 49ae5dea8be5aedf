package main

// privateFiles has nothing to do: a user's folders are private by inheritance.
func privateFiles() {}
