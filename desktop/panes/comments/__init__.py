"""What people say under our posts: the queue of comments beside the talk under a post."""
