package interchange

// ReadLimited is ReadJSON with another limit than MaxFile.
var ReadLimited = readLimited
